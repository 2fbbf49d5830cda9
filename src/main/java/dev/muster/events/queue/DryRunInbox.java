package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deletes nothing: what would be deleted is given back. */
public record DryRunInbox(Inbox inbox) implements Inbox {
    public DryRunInbox {
        requireNonNull(inbox, "inbox is null");
    }

    @Override
    public CompletableFuture<Delivery> receive(int max) {
        return inbox.receive(max);
    }

    @Override
    public CompletableFuture<List<AckResult>> delete(Collection<Receipt> receipts) {
        return inbox.release(receipts).thenApply(results -> results.stream()
                .map(result -> AckResult.of(result.receipt(), AckResult.Outcome.IGNORED))
                .toList());
    }

    @Override
    public CompletableFuture<List<AckResult>> extend(Collection<Receipt> receipts) {
        return inbox.extend(receipts);
    }

    @Override
    public CompletableFuture<List<AckResult>> release(Collection<Receipt> receipts) {
        return inbox.release(receipts);
    }

    @Override
    public void close() {
        inbox.close();
    }
}
