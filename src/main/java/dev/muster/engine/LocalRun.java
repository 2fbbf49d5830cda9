package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.Worker.WorkerId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A run in this process: one coordinator with its aggregator, and a pool of workers. */
public final class LocalRun<T, R, P> implements AutoCloseable {
    private static final String NODE = "local";
    private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(2);

    private final CompletableFuture<RunResult<T, P>> result = new CompletableFuture<>();
    private final ActorSystem<Coordinator.Command<T, R>> system;

    private LocalRun(
            Config config,
            Job<T, R, P> job,
            EngineSettings settings,
            CheckpointStore store,
            Optional<Checkpoint<T, P>> resumed) {
        this.system = ActorSystem.create(guardian(job, settings, store, resumed), "muster", config);
        system.getWhenTerminated()
                .whenComplete((done, error) ->
                        result.completeExceptionally(new IllegalStateException("the run was closed before its end")));
    }

    /**
     * Starts a new run.
     *
     * @param config the whole configuration, for the actor system
     */
    public static <T, R, P> LocalRun<T, R, P> start(
            Config config, Job<T, R, P> job, EngineSettings settings, CheckpointStore store) {
        return new LocalRun<>(config, requireNonNull(job, "job is null"), settings, store, Optional.empty());
    }

    /**
     * Continues from the store's checkpoint.
     *
     * @throws CheckpointException with a message for people if there is none, or one of other arguments
     * @throws IOException if it cannot be read
     */
    public static <T, R, P> LocalRun<T, R, P> resume(
            Config config, Job<T, R, P> job, EngineSettings settings, CheckpointStore store)
            throws CheckpointException, IOException {
        try (InputStream stored = store.load()
                .orElseThrow(() -> new CheckpointException("there is none; start afresh without --resume"))) {
            Checkpoint<T, P> checkpoint = new CheckpointCodec<>(job).decode(stored);
            return new LocalRun<>(config, job, settings, store, Optional.of(checkpoint));
        }
    }

    /** Completes once, however the run ended; fails only if the program has a defect. */
    public CompletionStage<RunResult<T, P>> result() {
        return result;
    }

    /** Progress of the run; fails if it has ended. */
    public CompletionStage<Progress> progress() {
        return AskPattern.ask(system, Coordinator.GetProgress::new, PROGRESS_TIMEOUT, system.scheduler());
    }

    /**
     * A view of the run at this instant; fails if it has ended.
     *
     * @param view is computed in the run's thread that merges results, and does not keep the summary
     */
    public <V> CompletionStage<V> look(Function<RunSnapshot<P>, V> view) {
        CompletableFuture<V> seen = new CompletableFuture<>();
        system.tell(new Coordinator.Look<T, R, P>(snapshot -> {
            try {
                seen.complete(view.apply(snapshot));
            } catch (RuntimeException e) { // the run does not suffer from who looks at it
                seen.completeExceptionally(e);
            }
        }));
        return seen.orTimeout(PROGRESS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the run to stop; its result follows within the stop grace. Harmless when repeated. */
    public void stop() {
        system.tell(new Coordinator.Stop<>());
    }

    /** Stops whatever is still running. */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private Behavior<Coordinator.Command<T, R>> guardian(
            Job<T, R, P> job, EngineSettings settings, CheckpointStore store, Optional<Checkpoint<T, P>> resumed) {
        return Behaviors.setup(context -> {
            Behavior<RunResult<T, P>> receiver = Behaviors.receiveMessage(end -> {
                result.complete(end);
                return Behaviors.stopped();
            });
            ActorRef<RunResult<T, P>> replyTo = context.spawn(receiver, "result");
            ActorRef<Coordinator.Command<T, R>> coordinator =
                    context.spawn(Coordinator.create(job, settings, store, resumed, replyTo), "coordinator");
            context.watch(coordinator);
            for (int number = 1; number <= settings.workers(); number++) {
                WorkerId id = new WorkerId(NODE, number);
                context.spawn(Worker.create(id, coordinator, job.executor(), settings), "worker-" + number);
            }
            return forwardTo(coordinator);
        });
    }

    private Behavior<Coordinator.Command<T, R>> forwardTo(ActorRef<Coordinator.Command<T, R>> coordinator) {
        return Behaviors.receive(
                (context, command) -> {
                    coordinator.tell(command);
                    return Behaviors.<Coordinator.Command<T, R>>same();
                },
                (context, signal) -> {
                    if (signal instanceof ChildFailed failed) {
                        result.completeExceptionally(failed.getCause());
                    }
                    return Behaviors.same();
                });
    }
}
