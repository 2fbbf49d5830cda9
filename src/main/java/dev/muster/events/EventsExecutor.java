package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.EventsPartial.DayCounts;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.EventsResult.Polled.Load;
import dev.muster.events.dayfile.DurableStore.Stored;
import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives messages, routes them to their destinations, and has destinations written or released. */
final class EventsExecutor implements Executor<EventsTask, EventsResult> {
    private static final Logger LOG = LoggerFactory.getLogger(EventsExecutor.class);
    private static final EventsPartial NOTHING = EventsPartial.builder().build();
    private static final EventsPartial ENOUGH = EventsPartial.builder()
            .failure(new EventsFailure(
                    "looking at the queue",
                    EventsFailure.NOT_DRAINED,
                    "no more messages can be held at once, and a dry run gives none back before its end; raise"
                            + " muster.events.max-buffered-messages, or give --max-messages"))
            .build();

    /** Longest time for returning messages to the queue, which only saves other consumers a wait. */
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(30);

    private static final Failure NOT_RELEASED = new Failure(
            Failure.Kind.GONE,
            "Timeout",
            "not all of it within " + RELEASE_TIMEOUT.toSeconds() + " s; the rest comes back when its leases end");

    private static final String IN_FLIGHT_LIMIT = "OverLimit";
    private static final Duration LIMIT_PAUSE = Duration.ofSeconds(1);

    /** Speed of full receives. A server that takes longer the more it is asked does not deliver more for it. */
    static final class ReceiveSpeed {
        /** Differences below this are ignored. */
        private static final Duration JITTER = Duration.ofMillis(50);

        private final AtomicLong fastest = new AtomicLong(Long.MAX_VALUE);

        /** Tells whether a receive of this duration was about as fast as the fastest. */
        boolean asEver(long nanos) {
            long best = fastest.accumulateAndGet(nanos, Math::min);
            return nanos <= 2 * best + JITTER.toNanos();
        }
    }

    private final ReceiveSpeed speed = new ReceiveSpeed();
    private final AtomicBoolean limitTold = new AtomicBoolean();
    private final MessageIntake intake;
    private final MessageRouter router;
    private final DayFileRouter dayFiles;
    private final BackPressureLimiter backPressure;
    private final Duration writeTimeout;
    private final StopSignal stop = new StopSignal();
    private volatile EventsPartial leftOver = NOTHING;

    EventsExecutor(MessageIntake intake, MessageRouter router, MessageSink sink) {
        this.intake = requireNonNull(intake, "intake is null");
        this.router = requireNonNull(router, "router is null");
        this.dayFiles = sink.dayFiles();
        this.backPressure = sink.backPressure();
        this.writeTimeout = sink.writeTimeout();
    }

    /** Stops receiving. What is held may still be written within the given time. */
    void stop(Duration time) {
        stop.stop(time);
    }

    @Override
    public CompletableFuture<EventsResult> execute(EventsTask task) {
        if (task instanceof EventsTask.Poll) {
            return poll();
        } else if (task instanceof EventsTask.Flush flush) {
            return flush(flush.destination());
        } else if (task instanceof EventsTask.Prepare) {
            return stop.endsEarly(intake.preparation().run(), null).thenApply(ready -> new EventsResult.Prepared());
        } else if (task instanceof EventsTask.Count) {
            return count();
        }
        return release(((EventsTask.Release) task).destination());
    }

    private CompletableFuture<EventsResult> poll() {
        if (stop.stopped()) {
            EventsPartial counts = leftOut(EventsPartial.builder()).build();
            return CompletableFuture.completedFuture(polled(Answer.END, Map.of(), counts));
        }
        int room = backPressure.reserve(MessageSource.BATCH);
        if (room == 0) {
            return CompletableFuture.completedFuture(
                    intake.endsWhenFull() ? polled(Answer.END, Map.of(), ENOUGH) : polled(Answer.NO_ROOM));
        }
        int wanted = intake.limit().ask(room);
        if (wanted == 0) {
            backPressure.unreserve(room);
            Answer answer = intake.limit().usedUp() ? Answer.END : Answer.OTHERS_FIRST;
            return CompletableFuture.completedFuture(polled(answer));
        }
        long start = System.nanoTime();
        return stop.endsEarly(intake.source().receive(wanted), ReceiveResult.NONE)
                .whenComplete((delivery, error) -> {
                    backPressure.unreserve(room);
                    intake.limit()
                            .used(
                                    wanted,
                                    delivery == null ? 0 : delivery.messages().size());
                })
                .thenCompose(delivery -> handOver(delivery, wanted, System.nanoTime() - start))
                .exceptionallyCompose(this::unlessTooManyInFlight);
    }

    /**
     * Handles a queue that does not deliver more messages until some are deleted, by this run or by others: what is
     * held must be written, and this poller waits.
     */
    private CompletableFuture<EventsResult> unlessTooManyInFlight(Throwable error) {
        if (!Failure.of(error).code().endsWith(IN_FLIGHT_LIMIT)) {
            return CompletableFuture.failedFuture(error);
        }
        if (limitTold.compareAndSet(false, true)) {
            LOG.warn(
                    "too many messages of the queue are in flight ({}); receiving goes on when some are deleted",
                    IN_FLIGHT_LIMIT);
        }
        return CompletableFuture.supplyAsync(
                () -> polled(Answer.NO_ROOM),
                CompletableFuture.delayedExecutor(LIMIT_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private CompletableFuture<EventsResult> handOver(ReceiveResult delivery, int wanted, long nanos) {
        EventsPartial.Builder counts = EventsPartial.builder();
        Map<String, List<InFlightMessage>> sorted = new TreeMap<>();
        counts.add(EventCount.RECEIVED, delivery.messages().size()).rejected(delivery.rejected());
        for (ReceivedMessage message : delivery.messages()) {
            router.sort(message, counts)
                    .ifPresent(placed -> sorted.computeIfAbsent(placed.destination(), name -> new ArrayList<>())
                            .add(placed.inFlightMessage()));
        }
        CompletableFuture<?>[] handed = sorted.entrySet().stream()
                .map(entry -> add(entry.getKey(), entry.getValue()))
                .toArray(CompletableFuture<?>[]::new);
        Answer answer = answer(delivery, wanted, sorted.isEmpty(), nanos);
        if (answer == Answer.END && !delivery.end()) {
            leftOut(counts);
        }
        Map<String, Load> loads = new TreeMap<>();
        sorted.forEach((destination, messages) -> loads.put(destination, new Load(messages.size(), bytes(messages))));
        return CompletableFuture.allOf(handed).thenApply(done -> polled(answer, loads, counts.build()));
    }

    /** Counts what nobody else will receive after a stop, as the run is not complete then. */
    private EventsPartial.Builder leftOut(EventsPartial.Builder counts) {
        intake.source()
                .leftOut()
                .ifPresent(what -> counts.failure(new EventsFailure("reading the input", "Stopped", what)));
        return counts;
    }

    private CompletableFuture<Integer> add(String destination, List<InFlightMessage> inFlightTable) {
        backPressure.add(destination, inFlightTable.size(), bytes(inFlightTable), System.nanoTime());
        return dayFiles.add(destination, inFlightTable);
    }

    private static long bytes(List<InFlightMessage> messages) {
        return messages.stream().mapToLong(message -> message.content().size()).sum();
    }

    private Answer answer(ReceiveResult delivery, int wanted, boolean nothingToHold, long nanos) {
        if (delivery.end() || stop.stopped() || intake.limit().usedUp()) {
            return Answer.END;
        }
        int number = delivery.messages().size();
        if (number == 0 && delivery.rejected().isEmpty()) {
            return Answer.NONE;
        } else if (number > 0 && nothingToHold) {
            return Answer.LEFT_ONLY;
        }
        return number == wanted && speed.asEver(nanos) ? Answer.FULL_BATCH : Answer.SOME;
    }

    private CompletableFuture<EventsResult> count() {
        CompletableFuture<EventsResult> counted = intake.source().depth().thenApply(depth -> depth.map(
                        now -> new EventsResult.Counted(true, now.visible() + now.delayed(), now.hidden()))
                .orElse(new EventsResult.Counted(false, 0, 0)));
        return stop.endsEarly(counted, new EventsResult.Counted(true, 0, 0));
    }

    private EventsResult polled(Answer answer) {
        return polled(answer, Map.of(), NOTHING);
    }

    private EventsResult polled(Answer answer, Map<String, Load> handed, EventsPartial counts) {
        Set<String> holding = new TreeSet<>(backPressure.holding());
        holding.addAll(handed.keySet());
        return new EventsResult.Polled(
                answer, holding, backPressure.due(System.nanoTime()), handed, counts, backPressure.memory());
    }

    private CompletableFuture<EventsResult> flush(String destination) {
        CompletableFuture<Flush> write = stop.limited(dayFiles.write(destination, writeTimeout));
        return write.thenApply(flush -> {
            if (flush.failure().isPresent()) {
                throw new TaskException(flush.failure().get());
            }
            Flush.Progress progress = flush.progress();
            EventsPartial counts = counts(destination, progress);
            return new EventsResult.Flushed(
                    progress.conflicts() > 0 && progress.stored().isEmpty(),
                    backPressure.holds(destination),
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

    private EventsPartial counts(String destination, Flush.Progress progress) {
        backPressure.gone(destination, progress.gone());
        return FlushCounts.of(destination, progress);
    }

    /** Returns what is still held to the queue, within a bounded time, and stops the day files. */
    @Override
    public void close() {
        stop.stop(Duration.ZERO);
        List<CompletableFuture<EventsResult>> releases =
                backPressure.holding().stream().map(this::release).toList();
        try {
            CompletableFuture.allOf(releases.toArray(CompletableFuture<?>[]::new))
                    .get(RELEASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not all could be given back; its leases end by themselves", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dayFiles.close();
            intake.source().close();
        }
        leftOver = counted(releases);
    }

    private static EventsPartial counted(List<CompletableFuture<EventsResult>> releases) {
        EventsPartial.Builder counts = EventsPartial.builder();
        for (CompletableFuture<EventsResult> release : releases) {
            if (release.isDone() && !release.isCompletedExceptionally()) {
                counts.add(EventCount.RELEASED, release.join().counts().count(EventCount.RELEASED));
            }
        }
        return counts.build();
    }

    /** Messages that {@link #close} released. */
    EventsPartial leftOver() {
        return leftOver;
    }

    /** Counts of a destination, as a part of the summary. */
    static final class FlushCounts {
        private FlushCounts() {}

        static EventsPartial of(String destination, Flush.Progress progress) {
            EventsPartial.Builder counts = EventsPartial.builder()
                    .add(EventCount.DUPLICATES, progress.duplicates())
                    .add(EventCount.CONFLICTS, progress.conflicts())
                    .add(EventCount.DELETED, progress.deleted())
                    .add(EventCount.DELETE_FAILURES, progress.deleteFailures())
                    .add(EventCount.LOST, progress.lost())
                    .add(EventCount.RELEASED, progress.released());
            List<String> preview = new ArrayList<>();
            for (Stored stored : progress.stored()) {
                if (stored instanceof Stored.Merged merged) {
                    counts.day(
                            destination,
                            new DayCounts(
                                    merged.counts().added(),
                                    merged.counts().existing(),
                                    merged.counts().unique()));
                    merged.preview().forEach(line -> preview.add(destination + " " + line));
                } else if (stored instanceof Stored.Published published) {
                    counts.add(EventCount.PUBLISHED, published.messages());
                }
            }
            return counts.preview(preview).build();
        }
    }

    /** Check, before anything is received, that messages can be written and deleted. */
    @FunctionalInterface
    interface Preparation {
        /** Fails with a {@link dev.muster.engine.TaskException}. May be repeated. */
        CompletableFuture<Void> run();
    }
}
