package dev.muster.events.day;

import dev.muster.engine.Failure;
import dev.muster.events.queue.AckResult;
import dev.muster.events.queue.AckResult.Outcome;
import dev.muster.events.queue.Delivery;
import dev.muster.events.queue.Inbox;
import dev.muster.events.queue.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is asked of it, and answers as told: DONE where nothing was told. */
final class FakeInbox implements Inbox {
    static final Failure BROKEN = new Failure(Failure.Kind.TRANSIENT, "InternalError", "an entry failed");

    final List<Receipt> deleted = new CopyOnWriteArrayList<>();
    final List<Receipt> extended = new CopyOnWriteArrayList<>();
    final List<Receipt> released = new CopyOnWriteArrayList<>();
    final Map<Receipt, Outcome> deletes = new ConcurrentHashMap<>();
    /** Deletes wait for it. */
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    /** Giving back waits for it. */
    volatile CompletableFuture<Void> releaseGate = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<Delivery> receive(int max) {
        return CompletableFuture.completedFuture(Delivery.NONE);
    }

    @Override
    public CompletableFuture<List<AckResult>> delete(Collection<Receipt> receipts) {
        deleted.addAll(receipts);
        List<AckResult> results = new ArrayList<>();
        for (Receipt receipt : receipts) {
            Outcome outcome = deletes.getOrDefault(receipt, Outcome.DONE);
            results.add(outcome == Outcome.FAILED ? AckResult.failed(receipt, BROKEN) : AckResult.of(receipt, outcome));
        }
        return gate.thenApply(open -> results);
    }

    @Override
    public CompletableFuture<List<AckResult>> extend(Collection<Receipt> receipts) {
        extended.addAll(receipts);
        return done(receipts);
    }

    @Override
    public CompletableFuture<List<AckResult>> release(Collection<Receipt> receipts) {
        released.addAll(receipts);
        return receipts.isEmpty() ? done(receipts) : releaseGate.thenCompose(open -> done(receipts));
    }

    private static CompletableFuture<List<AckResult>> done(Collection<Receipt> receipts) {
        return CompletableFuture.completedFuture(receipts.stream()
                .map(receipt -> AckResult.of(receipt, Outcome.DONE))
                .toList());
    }
}
