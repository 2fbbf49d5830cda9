package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deletes nothing: what would be deleted is given back. */
public record DryRunSource(MessageSource messageSource) implements MessageSource {
    public DryRunSource {
        requireNonNull(messageSource, "inbox is null");
    }

    @Override
    public CompletableFuture<ReceiveResult> receive(int max) {
        return messageSource.receive(max);
    }

    @Override
    public CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts) {
        return messageSource.release(receipts).thenApply(results -> results.stream()
                .map(result -> AckResult.of(result.receipt(), AckResult.Outcome.IGNORED))
                .toList());
    }

    @Override
    public CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts) {
        return messageSource.extend(receipts);
    }

    @Override
    public CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts) {
        return messageSource.release(receipts);
    }

    @Override
    public void close() {
        messageSource.close();
    }
}
