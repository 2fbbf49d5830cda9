package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Source of messages, which also deletes, hides and returns them. Nothing here retries (invariant 3).
 *
 * <p>Acting on several receipts never fails as a whole: each has its own result.
 */
public interface MessageSource extends AutoCloseable {
    /** The most that one receive returns. */
    int BATCH = 10;

    /**
     * Waits a while for messages. Cancelling the future ends the wait; a message already on its way then comes again.
     *
     * @param max 1 to {@value #BATCH}
     */
    CompletableFuture<ReceiveResult> receive(int max);

    /** Deletes messages for good. */
    CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts);

    /** Keeps messages hidden from other consumers for another visibility timeout from now. */
    CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts);

    /** Returns messages, which become visible at once. */
    CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts);

    /** Number of messages that are left; empty if unknown. */
    default CompletableFuture<Optional<QueueDepth>> depth() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Describes what nobody will receive if a run is stopped now; empty if it stays for others. */
    default Optional<String> leftOut() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    /**
     * The answer to one receive.
     *
     * @param end whether no more will ever come
     * @param rejected reasons by line number for input that is no message, if the input has lines
     */
    record ReceiveResult(List<ReceivedMessage> messages, boolean end, Map<Long, String> rejected) {
        public static final ReceiveResult NONE = of(List.of());

        public ReceiveResult {
            messages = List.copyOf(messages);
            rejected = Map.copyOf(rejected);
        }

        static ReceiveResult of(List<ReceivedMessage> messages) {
            return new ReceiveResult(messages, false, Map.of());
        }
    }

    /**
     * State of a queue by its own numbers, which are approximate and may lag by up to a minute.
     *
     * @param visible messages that could be received
     * @param hidden messages that someone has received and not deleted, and those after them in a FIFO group
     * @param delayed messages that cannot be received yet
     * @param maxReceiveCount receives after which a message goes to the dead-letter queue; empty if there is none
     */
    record QueueDepth(long visible, long hidden, long delayed, Optional<String> maxReceiveCount) {
        public QueueDepth {
            requireNonNull(maxReceiveCount, "maxReceiveCount is null");
        }

        /** Messages on the queue in any state. */
        public long messages() {
            return visible + hidden + delayed;
        }
    }

    /**
     * Outcome of one entry of a batch.
     *
     * @param failure reason, if it failed
     */
    record AckResult(ReceiptHandle receipt, Outcome outcome, Optional<Failure> failure) {
        /** Outcomes of an entry. */
        public enum Outcome {
            DONE,
            /** The lease is over: another delivery of the message counts. */
            LOST,
            /** May be tried again. */
            FAILED,
            /** Nothing was done, as in a dry run or with an input that cannot delete. */
            IGNORED
        }

        public AckResult {
            requireNonNull(receipt, "receipt is null");
            requireNonNull(outcome, "outcome is null");
            requireNonNull(failure, "failure is null");
        }

        public static AckResult of(ReceiptHandle receipt, Outcome outcome) {
            return new AckResult(receipt, outcome, Optional.empty());
        }

        public static AckResult failed(ReceiptHandle receipt, Failure failure) {
            return new AckResult(receipt, Outcome.FAILED, Optional.of(failure));
        }
    }

    /**
     * A received message.
     *
     * @param receiveCount number of deliveries, including this one
     * @param sentMillis time at which it was sent, in epoch milliseconds; {@code Long.MAX_VALUE} if unknown
     * @param defect reason why the body must not be read, if there is one
     */
    record ReceivedMessage(
            ReceiptHandle receipt, String body, int receiveCount, long sentMillis, Optional<String> defect) {
        public ReceivedMessage {
            requireNonNull(receipt, "receipt is null");
            requireNonNull(body, "body is null");
            requireNonNull(defect, "defect is null");
        }

        ReceivedMessage broken(String why) {
            return new ReceivedMessage(receipt, body, receiveCount, sentMillis, Optional.of(why));
        }
    }

    /**
     * Handle to act on a received message.
     *
     * @param messageId the same at each delivery
     * @param handle the receipt handle of one delivery; the latest one counts
     */
    record ReceiptHandle(String messageId, String handle) {
        public ReceiptHandle {
            requireNonNull(messageId, "messageId is null");
            requireNonNull(handle, "handle is null");
        }
    }
}
