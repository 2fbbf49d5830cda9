package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.events.EventsSettings.FlushSettings;
import dev.muster.events.MessageRouter.Destination;
import dev.muster.events.queue.MessageSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The job for the engine, and the handle to stop it: a stop ends polling, writes what is held, returns to the queue
 * what cannot be written in time, and lets the run complete by itself.
 */
public final class EventsJob {
    private static final int MIN_POLLERS = 2;
    private static final int POLLERS_PER_CPU = 4;
    private static final int MAX_POLLERS_ON_CLUSTER = 256;
    /** Days merged at the same time. */
    private static final int MERGES = 4;
    /** Fraction of the heap, as a divisor, for lines and bodies that are held: writing them takes copies. */
    private static final int HEAP_SHARE = 8;
    /** Unwanted messages deleted together: a few batches, in parallel. */
    private static final int UNWANTED_AT_ONCE = 80;

    /**
     * Time by which a queue's numbers may lag, and for which messages in flight elsewhere are waited for. In SQS they
     * are approximate, and mostly right within seconds.
     */
    private static final Duration COUNTS_LAG = Duration.ofSeconds(30);

    /**
     * Time beyond its wait that a receive and the handing over may take at most: a poll always ends by itself, so what
     * it handed over is known before the run can end.
     */
    private static final Duration POLL_MARGIN = Duration.ofMinutes(1);

    private final EventsSettings settings;
    private final EventsExecutor executor;
    private final Executor<EventsTask, EventsResult> told;
    private final PollingPolicy pace;
    private final Output<EventsPartial> output;

    /**
     * Options of a run, beyond its settings.
     *
     * @param follow whether the run continues when the queue is empty
     * @param dryRun whether nothing is written or deleted: all messages are held, shown, and returned
     * @param maxMessages messages to receive at most
     */
    public record Options(boolean follow, boolean dryRun, long maxMessages) {
        public static final Options DRAIN = new Options(false, false, Long.MAX_VALUE);
    }

    EventsJob(EventsSettings settings, EventsExecutor executor, PollingPolicy pace, Output<EventsPartial> output) {
        this.settings = requireNonNull(settings, "settings is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.pace = requireNonNull(pace, "pace is null");
        this.output = requireNonNull(output, "output is null");
        this.told = new OutageNotice(executor, pace.follow());
    }

    static BackPressureLimiter localHoldings(EventsSettings settings, Options options) {
        return new LocalBackPressure(
                Math.max(
                        settings.maxBuffered(),
                        MessageSource.BATCH * pace(settings, options).maxPollers()),
                memory(),
                options.dryRun() ? destination -> BackPressureLimiter.FlushAt.NEVER : flushAt(settings.flushAt()));
    }

    static BackPressureLimiter sharedHoldings(EventsSettings settings) {
        return new ClusterBackPressure(memory(), flushAt(settings.flushAt()));
    }

    private static long memory() {
        return Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    }

    static PollingPolicy pace(EventsSettings settings, Options options) {
        boolean fixed = settings.pollers() > 0;
        int min = fixed ? settings.pollers() : MIN_POLLERS;
        int max = fixed
                ? min
                : Math.max(min, POLLERS_PER_CPU * Runtime.getRuntime().availableProcessors());
        Duration wait = options.follow() ? settings.followWait() : settings.drainWait();
        return new PollingPolicy(
                min,
                max,
                options.follow(),
                Math.max(3, 2 * min),
                wait.plus(POLL_MARGIN),
                settings.mergeTimeout().plus(POLL_MARGIN),
                Long.MAX_VALUE,
                0,
                Optional.of(
                        options.dryRun()
                                ? new PollingPolicy.Looks(0, 0)
                                : new PollingPolicy.Looks(
                                        looks(COUNTS_LAG, settings), looks(settings.visibility(), settings))));
    }

    /** Number of looks at the queue within a time, as each comes after a receive that waits. */
    private static int looks(Duration time, EventsSettings settings) {
        return Math.toIntExact(time.dividedBy(settings.drainWait()) + 1);
    }

    /**
     * Polling policy on a cluster: as many pollers as there are idle workers for, unless set otherwise. Messages held
     * by a process that died come back within a visibility timeout: an empty queue is watched for that long, with as
     * many receives as that takes.
     */
    static PollingPolicy paceOnCluster(EventsSettings settings, boolean follow) {
        PollingPolicy local = pace(settings, new Options(follow, false, Long.MAX_VALUE));
        int max = settings.pollers() > 0 ? local.maxPollers() : MAX_POLLERS_ON_CLUSTER;
        long waits = settings.visibility().dividedBy(settings.drainWait()) + 1;
        return new PollingPolicy(
                local.minPollers(),
                max,
                follow,
                local.emptyAnswers(),
                local.pollTimeout(),
                local.flushTimeout(),
                Math.max(settings.maxBuffered(), (long) MessageSource.BATCH * local.minPollers()),
                Math.toIntExact(waits * local.minPollers()),
                local.looks().map(looks -> new PollingPolicy.Looks(looks.again(), looks.again())));
    }

    /** One reader, until its input ends. */
    static PollingPolicy onePoller(EventsSettings settings) {
        return new PollingPolicy(
                1,
                1,
                false,
                1,
                POLL_MARGIN,
                settings.mergeTimeout().plus(POLL_MARGIN),
                Long.MAX_VALUE,
                0,
                Optional.empty());
    }

    /**
     * Limits at which destinations are due; unwanted messages need not wait and are deleted while more are received.
     */
    private static Function<String, BackPressureLimiter.FlushAt> flushAt(FlushSettings flush) {
        BackPressureLimiter.FlushAt merge = new BackPressureLimiter.FlushAt(
                flush.messages(), flush.bytes(), flush.age().toNanos());
        BackPressureLimiter.FlushAt delete = new BackPressureLimiter.FlushAt(
                UNWANTED_AT_ONCE, Long.MAX_VALUE, flush.age().toNanos());
        return destination -> destination.equals(Destination.DROPPED) ? delete : merge;
    }

    /** Workers that the run needs, so that neither polls nor merges wait for each other. */
    public int workers() {
        return pace.maxPollers() + MERGES;
    }

    /** The job for the engine. Its executor returns what it holds to the queue when it is closed. */
    public Job<EventsTask, EventsResult, EventsPartial> job() {
        SortedMap<String, String> arguments = new TreeMap<>(Map.of(
                "queue", settings.queueUrl() + settings.queue(),
                "bucket", settings.dayObjects().bucket(),
                "prefix", settings.dayObjects().prefix()));
        return new Job<>(
                "events",
                arguments,
                new EventsPlan(pace),
                told,
                new EventsSummary(settings.maxDroppedValues()),
                output,
                EventsTask.class,
                EventsPartial.class);
    }

    /**
     * Returns what is still held after the run to the queue, and stops everything that the job has started; counts what
     * was returned.
     */
    public EventsPartial close() {
        executor.close();
        return executor.leftOver();
    }

    /** Asks the run to end within the stop timeout. Harmless when repeated. */
    public void stop() {
        executor.stop(settings.stopTimeout());
    }
}
