package dev.muster.engine;

import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.engine.Plan.Outlook;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult.RunEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.ReceiveBuilder;

/**
 * Merges partials, passes them on to the job's output, and writes checkpoints. It blocks while it writes, and so runs
 * on a dispatcher made for that.
 *
 * <p>A checkpoint that cannot be written costs the resumption, not the run. An output that cannot be written ends the
 * run, and no checkpoint is written after that, since the last one before still agrees with what is on the disk. A run
 * also ends when another coordinator has taken it over (invariant 6).
 */
final class Aggregator<T, P> extends AbstractBehavior<Aggregator.Command<T, P>> {
    /** Messages of the coordinator, in one ordered channel. */
    sealed interface Command<T, P> {}

    record Merge<T, P>(P partial) implements Command<T, P> {}

    /** Save what is merged together with what was outstanding when this was sent. */
    record TakeCheckpoint<T, P>(List<PendingTask<T>> outstanding, Stats stats) implements Command<T, P> {}

    record Report<T, P>(Stats stats, ActorRef<Progress> replyTo) implements Command<T, P> {}

    /** Let somebody look at what is merged. */
    record Show<T, P>(Stats stats, int limit, List<Outlook> outlook, Consumer<RunSnapshot<P>> reader)
            implements Command<T, P> {}

    /**
     * The last message: keep a checkpoint if the run is to be resumed, and hand out the result.
     *
     * @param givenUp partials of outstanding tasks that were given up; they go into the result, not into the checkpoint
     */
    record Finish<T, P>(RunEnd end, List<PendingTask<T>> outstanding, List<P> givenUp, Stats stats)
            implements Command<T, P> {}

    /** Messages to the coordinator. */
    sealed interface Event {}

    record Saved(Duration took) implements Event {}

    /** So many more partials are merged. */
    record Merged(int partials) implements Event {}

    /** The run cannot go on. */
    record Broken(Failure failure) implements Event {}

    /** A message for each partial would cost more than many a merge. */
    private static final int MERGES_PER_EVENT = 64;

    private final Job<T, ?, P> job;
    private final CheckpointStore store;
    private final CheckpointCodec<T, P> codec;
    private final ActorRef<Event> events;
    private final ActorRef<RunResult<T, P>> replyTo;
    private final Instant startedAt;
    private final long elapsedBefore;
    private final long begunAt = System.nanoTime();
    private P summary;
    private int merges;
    private Optional<Failure> broken = Optional.empty();
    private boolean saved;
    private boolean saveFailed;

    static <T, P> Behavior<Command<T, P>> create(
            Job<T, ?, P> job,
            CheckpointStore store,
            Optional<Checkpoint<T, P>> resumed,
            ActorRef<Event> events,
            ActorRef<RunResult<T, P>> replyTo) {
        return Behaviors.setup(context -> new Aggregator<>(context, job, store, resumed, events, replyTo));
    }

    private Aggregator(
            ActorContext<Command<T, P>> context,
            Job<T, ?, P> job,
            CheckpointStore store,
            Optional<Checkpoint<T, P>> resumed,
            ActorRef<Event> events,
            ActorRef<RunResult<T, P>> replyTo) {
        super(context);
        this.job = job;
        this.store = store;
        this.codec = new CheckpointCodec<>(job);
        this.events = events;
        this.replyTo = replyTo;
        this.summary = resumed.map(Checkpoint::summary).orElseGet(job.summary()::empty);
        this.startedAt = resumed.map(Checkpoint::startedAt).orElseGet(Instant::now);
        this.elapsedBefore = resumed.map(Checkpoint::elapsedMillis).orElse(0L);
        this.saved = resumed.isPresent();
        resumed.ifPresent(checkpoint -> guardOutput(() -> job.output().rewind(checkpoint.outputPosition())));
    }

    @Override
    @SuppressWarnings("unchecked") // the messages' type arguments are this actor's
    public Receive<Command<T, P>> createReceive() {
        ReceiveBuilder<Command<T, P>> receive = newReceiveBuilder();
        receive.onMessage(Merge.class, this::onMerge);
        receive.onMessage(TakeCheckpoint.class, this::onTakeCheckpoint);
        receive.onMessage(Report.class, this::onReport);
        receive.onMessage(Show.class, this::onShow);
        receive.onMessage(Finish.class, this::onFinish);
        return receive.build();
    }

    private Behavior<Command<T, P>> onMerge(Merge<T, P> merge) {
        merge(merge.partial());
        merges++;
        if (merges == MERGES_PER_EVENT) {
            events.tell(new Merged(merges));
            merges = 0;
        }
        return this;
    }

    private void merge(P partial) {
        guardOutput(() -> job.output().write(partial));
        if (broken.isEmpty()) {
            summary = job.summary().merge(summary, partial);
        }
    }

    private Behavior<Command<T, P>> onTakeCheckpoint(TakeCheckpoint<T, P> take) {
        long before = System.nanoTime();
        save(take.outstanding(), take.stats());
        events.tell(new Saved(Duration.ofNanos(System.nanoTime() - before)));
        return this;
    }

    private Behavior<Command<T, P>> onReport(Report<T, P> report) {
        report.replyTo().tell(new Progress(report.stats(), job.summary().counts(summary), elapsed()));
        return this;
    }

    private Behavior<Command<T, P>> onShow(Show<T, P> show) {
        show.reader().accept(new RunSnapshot<>(show.stats(), show.limit(), show.outlook(), summary, elapsed()));
        return this;
    }

    private Behavior<Command<T, P>> onFinish(Finish<T, P> finish) {
        boolean complete = finish.end() instanceof RunEnd.Complete;
        if (complete && finish.outstanding().isEmpty()) {
            guardOutput(() -> job.output().sync());
            if (broken.isEmpty()) {
                clear();
            }
        } else {
            save(finish.outstanding(), finish.stats());
        }
        if (!finish.givenUp().isEmpty()) {
            finish.givenUp().forEach(this::merge);
            guardOutput(() -> job.output().sync());
        }
        RunEnd end = broken.<RunEnd>map(RunEnd.Halted::new).orElse(finish.end());
        replyTo.tell(new RunResult<>(
                end,
                summary,
                finish.stats(),
                complete
                        ? List.of()
                        : finish.outstanding().stream().map(PendingTask::work).toList(),
                startedAt,
                elapsed(),
                saved ? Optional.of(store.location()) : Optional.empty()));
        return Behaviors.stopped();
    }

    private void save(List<PendingTask<T>> outstanding, Stats stats) {
        guardOutput(() -> {
            long position = job.output().sync();
            if (broken.isEmpty()) {
                write(new Checkpoint<>(startedAt, elapsed().toMillis(), stats, outstanding, summary, position));
            }
        });
    }

    private void write(Checkpoint<T, P> checkpoint) {
        try {
            store.save(out -> codec.encode(checkpoint, out));
            saved = true;
            saveFailed = false;
        } catch (SupersededException e) {
            breakOff(superseded(e));
        } catch (IOException | RuntimeException e) {
            if (!saveFailed) {
                getContext()
                        .getLog()
                        .warn(
                                "cannot write the checkpoint in {} ({}); the run continues, but what is done from here"
                                        + " on cannot be resumed",
                                store.location(),
                                e.getMessage());
            }
            saveFailed = true;
        }
    }

    private void clear() {
        try {
            store.clear();
            saved = false;
        } catch (SupersededException e) {
            breakOff(superseded(e));
        } catch (IOException | RuntimeException e) {
            getContext().getLog().warn("cannot remove the checkpoint in {}: {}", store.location(), e.getMessage());
        }
    }

    private void guardOutput(Runnable use) {
        if (broken.isPresent()) {
            return;
        }
        try {
            use.run();
        } catch (TaskException e) {
            breakOff(e.failure());
        } catch (RuntimeException e) {
            breakOff(new Failure(Failure.Kind.INVALID, "OutputFailed", String.valueOf(e.getMessage())));
        }
    }

    private void breakOff(Failure failure) {
        broken = Optional.of(failure);
        events.tell(new Broken(failure));
    }

    private static Failure superseded(SupersededException cause) {
        return new Failure(Failure.Kind.INVALID, "Superseded", String.valueOf(cause.getMessage()));
    }

    private Duration elapsed() {
        return Duration.ofMillis(elapsedBefore).plusNanos(System.nanoTime() - begunAt);
    }
}
