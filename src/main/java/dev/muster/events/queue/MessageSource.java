package dev.muster.events.queue;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Delivers messages and takes them back. Nothing here tries again (invariant 3).
 *
 * <p>Acting on several receipts never fails as a whole: each has its own result.
 */
public interface MessageSource extends AutoCloseable {
    /** The most that one receive returns. */
    int BATCH = 10;

    /**
     * Waits a while for messages. Cancelling the future ends the wait; a message that was on its way then comes again.
     *
     * @param max 1 to {@value #BATCH}
     */
    CompletableFuture<ReceiveResult> receive(int max);

    /** Deletes messages for good. */
    CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts);

    /** Keeps messages hidden from other consumers for another visibility timeout from now. */
    CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts);

    /** Gives messages back: visible at once. */
    CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts);

    /** Number of messages that are left; empty where that cannot be known. */
    default CompletableFuture<Optional<QueueDepth>> depth() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Describes what nobody will receive if a run is stopped now; empty where it stays for others. */
    default Optional<String> leftOut() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
