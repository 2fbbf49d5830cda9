package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.QueueDepth;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Source that deletes nothing: what would be deleted is returned to the queue. What was looked at does not count as
 * left.
 */
public final class DryRunSource implements MessageSource {
    private final MessageSource messageSource;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public DryRunSource(MessageSource messageSource) {
        this.messageSource = requireNonNull(messageSource, "messageSource is null");
    }

    @Override
    public CompletableFuture<ReceiveResult> receive(int max) {
        return messageSource.receive(max).thenApply(result -> {
            result.messages().forEach(message -> seen.add(message.receipt().messageId()));
            return result;
        });
    }

    @Override
    public CompletableFuture<Optional<QueueDepth>> depth() {
        return messageSource
                .depth()
                .thenApply(depth -> depth.map(now -> {
                    long unseen = Math.max(0, now.messages() - seen.size());
                    long hidden = Math.min(now.hidden(), unseen);
                    return new QueueDepth(unseen - hidden, hidden, 0, now.maxReceiveCount());
                }));
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
