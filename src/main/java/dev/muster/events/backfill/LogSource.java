package dev.muster.events.backfill;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.backfill.MetricLine.MalformedLineException;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Delivers the lines of a log as messages. Deleting and returning them does nothing. */
public final class LogSource implements MessageSource {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final BufferedReader lines;
    private final MetricLine format;
    private final Executor blocking;
    private final Lock reading = new ReentrantLock();
    private long number;
    private volatile long delivered;

    /**
     * A source of lines.
     *
     * @param lines closed together with the source
     * @param blocking executor of what waits for the input
     */
    public LogSource(BufferedReader lines, MetricLine format, Executor blocking) {
        this.lines = requireNonNull(lines, "lines is null");
        this.format = requireNonNull(format, "format is null");
        this.blocking = requireNonNull(blocking, "blocking is null");
    }

    @Override
    public CompletableFuture<ReceiveResult> receive(int max) {
        return CompletableFuture.supplyAsync(() -> read(max), blocking).thenApply(delivery -> {
            delivered = number;
            return delivery;
        });
    }

    private ReceiveResult read(int max) {
        List<ReceivedMessage> messages = new ArrayList<>();
        Map<Long, String> rejected = new TreeMap<>();
        reading.lock();
        try {
            while (messages.size() + rejected.size() < max) {
                String line = lines.readLine();
                if (line == null) {
                    return new ReceiveResult(messages, true, rejected);
                }
                number++;
                if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                    line = line.substring(BYTE_ORDER_MARK.length());
                }
                if (!line.isBlank()) {
                    add(line, messages, rejected);
                }
            }
            return new ReceiveResult(messages, false, rejected);
        } catch (IOException e) {
            throw new TaskException(
                    new Failure(
                            Failure.Kind.INVALID,
                            e.getClass().getSimpleName(),
                            "reading the input failed after line " + delivered + ": " + e.getMessage()),
                    e);
        } finally {
            reading.unlock();
        }
    }

    private void add(String line, List<ReceivedMessage> messages, Map<Long, String> rejected) {
        try {
            ReceiptHandle receipt = new ReceiptHandle("line-" + number, "");
            messages.add(new ReceivedMessage(receipt, format.message(line), 1, Long.MAX_VALUE, Optional.empty()));
        } catch (MalformedLineException e) {
            rejected.put(number, e.getMessage());
        }
    }

    @Override
    public CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts) {
        return ignored(receipts);
    }

    @Override
    public CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts) {
        return ignored(receipts);
    }

    @Override
    public CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts) {
        return ignored(receipts);
    }

    private static CompletableFuture<List<AckResult>> ignored(Collection<ReceiptHandle> receipts) {
        return CompletableFuture.completedFuture(receipts.stream()
                .map(receipt -> AckResult.of(receipt, AckResult.Outcome.IGNORED))
                .toList());
    }

    @Override
    public Optional<String> leftOut() {
        return Optional.of("stopped after line " + delivered
                + ", what follows was left out: run it again; lines that are in the files already are not added twice");
    }

    /**
     * Leaves an input open that is being read: closing would wait for it, and standard input may never deliver more.
     */
    @Override
    public void close() {
        if (!reading.tryLock()) {
            return;
        }
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reading.unlock();
        }
    }
}
