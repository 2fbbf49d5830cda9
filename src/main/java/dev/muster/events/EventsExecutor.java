package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.day.Flush;
import dev.muster.events.day.Parcel;
import dev.muster.events.queue.Delivery;
import dev.muster.events.queue.Inbox;
import dev.muster.events.queue.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives, sorts messages to their destinations, and has destinations written and given back. */
final class EventsExecutor implements Executor<EventsTask, EventsResult> {
    private static final Logger LOG = LoggerFactory.getLogger(EventsExecutor.class);
    private static final EventsSummary NOTHING = EventsSummary.builder().build();

    /** Giving back is a courtesy that saves others a wait: it does not hold up an end for longer. */
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(30);

    private static final Failure NOT_RELEASED = new Failure(
            Failure.Kind.GONE,
            "Timeout",
            "not all of it within " + RELEASE_TIMEOUT.toSeconds() + " s; the rest comes back when its leases end");

    private final Inbox inbox;
    private final Sorter sorter;
    private final DayFiles dayFiles;
    private final Holdings holdings;
    private final Answer whenFull;
    private final Duration writeTimeout;
    private final Allowance allowance;
    private final StopSignal stop = new StopSignal();
    private volatile EventsSummary leftOver = NOTHING;

    /**
     * An executor.
     *
     * @param whenFull what a poll says when no more messages can be held
     * @param allowance messages to receive at most
     * @param writeTimeout after which a write is taken for failed
     */
    EventsExecutor(
            Inbox inbox,
            Sorter sorter,
            DayFiles dayFiles,
            Holdings holdings,
            Answer whenFull,
            long allowance,
            Duration writeTimeout) {
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.sorter = requireNonNull(sorter, "sorter is null");
        this.dayFiles = requireNonNull(dayFiles, "dayFiles is null");
        this.holdings = requireNonNull(holdings, "holdings is null");
        this.whenFull = requireNonNull(whenFull, "whenFull is null");
        this.writeTimeout = requireNonNull(writeTimeout, "writeTimeout is null");
        this.allowance = new Allowance(allowance);
    }

    /** Ends receiving. What is held may still be written until the time is over. */
    void stop(Duration time) {
        stop.stop(time);
    }

    @Override
    public CompletableFuture<EventsResult> execute(EventsTask task) {
        if (task instanceof EventsTask.Poll) {
            return poll();
        } else if (task instanceof EventsTask.Flush flush) {
            return flush(flush.destination());
        }
        return release(((EventsTask.Release) task).destination());
    }

    private CompletableFuture<EventsResult> poll() {
        if (stop.stopped()) {
            EventsSummary counts = leftOut(EventsSummary.builder()).build();
            return CompletableFuture.completedFuture(polled(Answer.END, Set.of(), 0, counts));
        }
        int room = holdings.reserve(Inbox.BATCH);
        if (room == 0) {
            return CompletableFuture.completedFuture(polled(whenFull));
        }
        int wanted = allowance.ask(room);
        if (wanted == 0) {
            holdings.unreserve(room);
            Answer answer = allowance.usedUp() ? Answer.END : Answer.OTHERS_FIRST;
            return CompletableFuture.completedFuture(polled(answer));
        }
        return stop.endsEarly(inbox.receive(wanted), Delivery.NONE)
                .whenComplete((delivery, error) -> {
                    holdings.unreserve(room);
                    allowance.used(
                            wanted, delivery == null ? 0 : delivery.messages().size());
                })
                .thenCompose(delivery -> handOver(delivery, wanted));
    }

    private CompletableFuture<EventsResult> handOver(Delivery delivery, int wanted) {
        EventsSummary.Builder counts = EventsSummary.builder();
        Map<String, List<Parcel>> sorted = new TreeMap<>();
        counts.add(Count.RECEIVED, delivery.messages().size()).rejected(delivery.rejected());
        for (Received message : delivery.messages()) {
            sorter.sort(message, counts)
                    .ifPresent(placed -> sorted.computeIfAbsent(placed.destination(), name -> new ArrayList<>())
                            .add(placed.parcel()));
        }
        CompletableFuture<?>[] handed = sorted.entrySet().stream()
                .map(entry -> add(entry.getKey(), entry.getValue()))
                .toArray(CompletableFuture<?>[]::new);
        Answer answer = answer(delivery, wanted, sorted.isEmpty());
        if (answer == Answer.END && !delivery.end()) {
            leftOut(counts);
        }
        long parcels = sorted.values().stream().mapToLong(List::size).sum();
        return CompletableFuture.allOf(handed)
                .thenApply(done -> polled(answer, sorted.keySet(), parcels, counts.build()));
    }

    /** A run that is stopped is not complete where nobody else will receive the rest. */
    private EventsSummary.Builder leftOut(EventsSummary.Builder counts) {
        inbox.leftOut().ifPresent(what -> counts.failure(new EventsFailure("reading the input", "Stopped", what)));
        return counts;
    }

    private CompletableFuture<Integer> add(String destination, List<Parcel> parcels) {
        long bytes =
                parcels.stream().mapToLong(parcel -> parcel.content().size()).sum();
        holdings.add(destination, parcels.size(), bytes, System.nanoTime());
        return dayFiles.add(destination, parcels);
    }

    private Answer answer(Delivery delivery, int wanted, boolean nothingToHold) {
        if (delivery.end() || stop.stopped() || allowance.usedUp()) {
            return Answer.END;
        }
        int number = delivery.messages().size();
        if (number == 0 && delivery.rejected().isEmpty()) {
            return Answer.NONE;
        } else if (number > 0 && nothingToHold) {
            return Answer.LEFT_ONLY;
        }
        return number == wanted ? Answer.FULL_BATCH : Answer.SOME;
    }

    private EventsResult polled(Answer answer) {
        return polled(answer, Set.of(), 0, NOTHING);
    }

    private EventsResult polled(Answer answer, Set<String> handedTo, long handed, EventsSummary counts) {
        Set<String> holding = new TreeSet<>(holdings.holding());
        holding.addAll(handedTo);
        return new EventsResult.Polled(answer, holding, holdings.due(System.nanoTime()), handed, counts);
    }

    private CompletableFuture<EventsResult> flush(String destination) {
        CompletableFuture<Flush> write = stop.limited(dayFiles.write(destination, writeTimeout));
        return write.thenApply(flush -> {
            if (flush.failure().isPresent()) {
                throw new TaskException(flush.failure().get());
            }
            Flush.Progress progress = flush.progress();
            EventsSummary counts = counts(destination, progress);
            return new EventsResult.Flushed(
                    progress.conflicts() > 0 && progress.stored().isEmpty(),
                    holdings.holds(destination),
                    progress.lost(),
                    progress.gone(),
                    counts);
        });
    }

    private CompletableFuture<EventsResult> release(String destination) {
        return dayFiles.release(destination, RELEASE_TIMEOUT).handle((flush, error) -> {
            if (error instanceof TimeoutException) {
                throw new TaskException(NOT_RELEASED, error);
            } else if (error != null) {
                throw new CompletionException(error);
            }
            return new EventsResult.Released(flush.progress().gone(), counts(destination, flush.progress()));
        });
    }

    private EventsSummary counts(String destination, Flush.Progress progress) {
        holdings.gone(destination, progress.gone());
        return FlushCounts.of(destination, progress);
    }

    /** Gives back whatever is still held, in a bounded time, and ends the day files. */
    @Override
    public void close() {
        stop.stop(Duration.ZERO);
        List<CompletableFuture<EventsResult>> releases =
                holdings.holding().stream().map(this::release).toList();
        try {
            CompletableFuture.allOf(releases.toArray(CompletableFuture<?>[]::new))
                    .get(RELEASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not all could be given back; its leases end by themselves", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dayFiles.close();
            inbox.close();
        }
        leftOver = counted(releases);
    }

    private static EventsSummary counted(List<CompletableFuture<EventsResult>> releases) {
        EventsSummary.Builder counts = EventsSummary.builder();
        for (CompletableFuture<EventsResult> release : releases) {
            if (release.isDone() && !release.isCompletedExceptionally()) {
                counts.add(Count.RELEASED, release.join().counts().count(Count.RELEASED));
            }
        }
        return counts.build();
    }

    /** What {@link #close} gave back. */
    EventsSummary leftOver() {
        return leftOver;
    }
}
