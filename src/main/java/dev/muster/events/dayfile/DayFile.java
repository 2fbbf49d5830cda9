package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.events.dayfile.DurableStore.Stored;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.japi.function.Function2;

/**
 * The only writer of a day's file: holds the day's messages, keeps them hidden, writes them when told to, and deletes
 * them from the queue once they are durable (invariant 7). Messages that are poison, unwanted, or to be published have
 * such an actor, too, with another store.
 *
 * <p>It never retries by itself (invariant 3): after a failure it keeps what it holds and waits to be told. When it
 * dies, its messages come again, as nothing deletes them or extends their leases any more.
 */
public final class DayFile extends AbstractBehavior<DayFile.Command> {
    /** Messages to a day file. */
    public sealed interface Command {}

    /** Hold these messages. The answer is the number of messages held now. */
    public record Add(List<InFlightMessage> messages, ActorRef<Integer> replyTo) implements Command {
        public Add {
            messages = List.copyOf(messages);
        }
    }

    /** Write what is held, then delete it. A request during a write gets that write's answer. */
    public record Write(ActorRef<Flush> replyTo) implements Command {}

    /** Return everything that is held to the queue, written or not. */
    public record Release(ActorRef<Flush> replyTo) implements Command {}

    private record StoreDone(long attempt, Optional<Stored> stored, Optional<Failure> failure) implements Command {}

    private record DeleteDone(List<AckResult> results) implements Command {}

    private record ReleaseDone(List<AckResult> results) implements Command {}

    private record ExtendDone(List<AckResult> results, long askedAt) implements Command {}

    private record LeasesTick() implements Command {}

    /** Conflicts in a row before merging again has to wait: with each of them someone else made progress. */
    private static final int CONFLICTS_IN_TURN = 8;

    private static final Failure CONTENDED = new Failure(
            Failure.Kind.TRANSIENT, "Conflict", "others have replaced the file each time that it was merged");

    private final DurableStore store;
    private final MessageSource messageSource;
    private final LongSupplier nanoTime;
    private final InFlightTable inFlightTable;
    private final PendingReplies writers = new PendingReplies();
    private final PendingReplies releasers = new PendingReplies();
    private final ProgressSums sums = new ProgressSums();
    private long attempt;
    private int conflicts;
    private int releasing;
    private boolean extending;
    private boolean deleting;
    private boolean releaseDue;

    /**
     * A day file that holds nothing yet.
     *
     * @param visibility duration of a lease
     * @param nanoTime the clock: {@code System::nanoTime}
     */
    public static Behavior<Command> create(
            DurableStore store, MessageSource messageSource, Duration visibility, LongSupplier nanoTime) {
        requireNonNull(store, "store is null");
        requireNonNull(messageSource, "messageSource is null");
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new LeasesTick(), visibility.dividedBy(8));
            return new DayFile(context, store, messageSource, visibility, nanoTime);
        }));
    }

    private DayFile(
            ActorContext<Command> context,
            DurableStore store,
            MessageSource messageSource,
            Duration visibility,
            LongSupplier nanoTime) {
        super(context);
        this.store = store;
        this.messageSource = messageSource;
        this.nanoTime = nanoTime;
        this.inFlightTable = new InFlightTable(visibility);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Add.class, this::onAdd)
                .onMessage(Write.class, this::onWrite)
                .onMessage(StoreDone.class, this::onStoreDone)
                .onMessage(DeleteDone.class, this::onDeleteDone)
                .onMessage(Release.class, this::onRelease)
                .onMessage(ReleaseDone.class, this::onReleaseDone)
                .onMessage(LeasesTick.class, tick -> onLeasesTick())
                .onMessage(ExtendDone.class, this::onExtendDone)
                .build();
    }

    private Behavior<Command> onAdd(Add add) {
        add.messages().forEach(inFlightMessage -> inFlightTable.add(inFlightMessage, nanoTime.getAsLong()));
        add.replyTo().tell(inFlightTable.size());
        return this;
    }

    private Behavior<Command> onWrite(Write write) {
        writers.add(write.replyTo());
        if (writers.size() > 1 || deleting) {
            return this;
        }
        attempt++;
        if (inFlightTable.nothingToWrite()) {
            return delete();
        }
        long current = attempt;
        getContext().pipeToSelf(store.store(inFlightTable.startWriting()), (stored, error) -> {
            Optional<Failure> failure = Optional.ofNullable(error).map(Failure::of);
            return new StoreDone(current, Optional.ofNullable(stored), failure);
        });
        return this;
    }

    private Behavior<Command> onStoreDone(StoreDone done) {
        if (done.attempt() != attempt || writers.isEmpty()) {
            return this; // everything in it has been returned meanwhile
        }
        if (done.failure().isPresent()) {
            inFlightTable.didNotWrite();
            return fail(done.failure().get());
        }
        Stored stored = done.stored().orElseThrow();
        if (stored instanceof Stored.Conflict) {
            inFlightTable.didNotWrite();
            sums.conflict();
            conflicts++;
            return conflicts > CONFLICTS_IN_TURN ? fail(CONTENDED) : succeed();
        }
        conflicts = 0;
        sums.stored(stored, inFlightTable.wrote());
        return delete();
    }

    private Behavior<Command> delete() {
        InFlightTable.Gone over = inFlightTable.dropLost(nanoTime.getAsLong());
        sums.lost(over.receipts().size());
        sums.gone(over.deliveries());
        List<ReceiptHandle> receipts = inFlightTable.toDelete();
        if (receipts.isEmpty()) {
            return succeed();
        }
        deleting = true;
        getContext().pipeToSelf(messageSource.delete(receipts), results(receipts, DeleteDone::new));
        return this;
    }

    private Behavior<Command> onDeleteDone(DeleteDone done) {
        deleting = false;
        Optional<Failure> failure = Optional.empty();
        for (AckResult result : done.results()) {
            boolean failed = result.outcome() == AckResult.Outcome.FAILED;
            long deliveries = failed ? 0 : inFlightTable.deleted(result.receipt());
            if (failed || deliveries > 0) {
                sums.deleted(result);
            }
            sums.gone(deliveries);
            failure = failure.or(result::failure);
        }
        if (releaseDue) {
            return release();
        }
        return failure.isPresent() ? fail(failure.get()) : succeed();
    }

    /**
     * Requests during a release are answered when everything is released. What is being deleted is not given back: so a
     * deletion comes to its end before.
     */
    private Behavior<Command> onRelease(Release release) {
        attempt++;
        releasers.add(release.replyTo());
        releaseDue = deleting;
        return deleting ? this : release();
    }

    private Behavior<Command> release() {
        releaseDue = false;
        InFlightTable.Gone all = inFlightTable.clear();
        List<ReceiptHandle> receipts = all.receipts();
        sums.gone(all.deliveries());
        fail(Interrupted.FAILURE);
        releasing++;
        getContext().pipeToSelf(messageSource.release(receipts), results(receipts, ReleaseDone::new));
        return this;
    }

    private Behavior<Command> onReleaseDone(ReleaseDone done) {
        done.results().forEach(sums::released);
        releasing--;
        if (releasing == 0) {
            releasers.answer(new Flush(Optional.empty(), sums.take()));
        }
        return this;
    }

    private Behavior<Command> onLeasesTick() {
        long now = nanoTime.getAsLong();
        List<ReceiptHandle> due = extending ? List.of() : inFlightTable.toExtend(now);
        if (!due.isEmpty()) {
            extending = true;
            getContext().pipeToSelf(messageSource.extend(due), results(due, list -> new ExtendDone(list, now)));
        }
        return this;
    }

    private Behavior<Command> onExtendDone(ExtendDone done) {
        extending = false;
        done.results().forEach(result -> inFlightTable.extended(result, done.askedAt()));
        return this;
    }

    private Behavior<Command> succeed() {
        writers.answer(new Flush(Optional.empty(), sums.take()));
        return this;
    }

    private Behavior<Command> fail(Failure failure) {
        writers.answer(new Flush(Optional.of(failure), Flush.Progress.NONE));
        return this;
    }

    private static Function2<List<AckResult>, Throwable, Command> results(
            List<ReceiptHandle> receipts, Function<List<AckResult>, Command> command) {
        return (results, error) -> command.apply(
                error == null
                        ? results
                        : receipts.stream()
                                .map(receipt -> AckResult.failed(receipt, Failure.of(error)))
                                .toList());
    }

    /** Actors that wait for the same answer. */
    static final class PendingReplies {
        private final List<ActorRef<Flush>> waiters = new ArrayList<>();

        void add(ActorRef<Flush> waiter) {
            waiters.add(waiter);
        }

        int size() {
            return waiters.size();
        }

        boolean isEmpty() {
            return waiters.isEmpty();
        }

        /** Answers all; only the last one gets the numbers, which would otherwise count twice (invariant 2). */
        void answer(Flush flush) {
            Flush toOthers = new Flush(flush.failure(), Flush.Progress.NONE);
            for (int i = 0; i < waiters.size(); i++) {
                waiters.get(i).tell(i == waiters.size() - 1 ? flush : toOthers);
            }
            waiters.clear();
        }
    }
}
