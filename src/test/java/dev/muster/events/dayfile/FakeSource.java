package dev.muster.events.dayfile;

import dev.muster.engine.Failure;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.AckResult.Outcome;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is asked of it, and answers as told: DONE where nothing was told. */
final class FakeSource implements MessageSource {
    static final Failure BROKEN = new Failure(Failure.Kind.TRANSIENT, "InternalError", "an entry failed");

    final List<ReceiptHandle> deleted = new CopyOnWriteArrayList<>();
    final List<ReceiptHandle> extended = new CopyOnWriteArrayList<>();
    final List<ReceiptHandle> released = new CopyOnWriteArrayList<>();
    final Map<ReceiptHandle, Outcome> deletes = new ConcurrentHashMap<>();
    /** Deletes wait for it. */
    volatile CompletableFuture<Void> gateway = CompletableFuture.completedFuture(null);
    /** Giving back waits for it. */
    volatile CompletableFuture<Void> releaseGate = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<ReceiveResult> receive(int max) {
        return CompletableFuture.completedFuture(ReceiveResult.NONE);
    }

    @Override
    public CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts) {
        deleted.addAll(receipts);
        List<AckResult> results = new ArrayList<>();
        for (ReceiptHandle receipt : receipts) {
            Outcome outcome = deletes.getOrDefault(receipt, Outcome.DONE);
            results.add(outcome == Outcome.FAILED ? AckResult.failed(receipt, BROKEN) : AckResult.of(receipt, outcome));
        }
        return gateway.thenApply(open -> results);
    }

    @Override
    public CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts) {
        extended.addAll(receipts);
        return done(receipts);
    }

    @Override
    public CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts) {
        released.addAll(receipts);
        return receipts.isEmpty() ? done(receipts) : releaseGate.thenCompose(open -> done(receipts));
    }

    private static CompletableFuture<List<AckResult>> done(Collection<ReceiptHandle> receipts) {
        return CompletableFuture.completedFuture(receipts.stream()
                .map(receipt -> AckResult.of(receipt, Outcome.DONE))
                .toList());
    }
}
