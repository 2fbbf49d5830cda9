package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.engine.Output;
import dev.muster.events.EventsExecutor.Preparation;
import dev.muster.events.EventsJob.Options;
import dev.muster.events.MessageRouter.Destination;
import dev.muster.events.MessageRouter.RuleRouter;
import dev.muster.events.backfill.LogSource;
import dev.muster.events.backfill.MetricLine;
import dev.muster.events.backfill.TopicStore;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.DurableStore;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.dayfile.S3DayObjects;
import dev.muster.events.dayfile.TempDirectory;
import dev.muster.events.queue.DryRunSource;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.QueueDepth;
import dev.muster.events.queue.SqsSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Assembles jobs.
 *
 * @param config the whole configuration, for the actor system of the day files
 * @param buckets of day files and quarantine; their clients must not retry
 */
public record EventsJobFactory(Config config, EventsSettings settings, EventBuckets buckets) {
    private static final Logger LOG = LoggerFactory.getLogger(EventsJobFactory.class);

    public EventsJobFactory {
        requireNonNull(config, "config is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(buckets, "buckets is null");
    }

    /**
     * A job that empties a queue into day files.
     *
     * @param sqs must not retry
     * @param output receives the lines that a dry run would write, see {@link EventsPartial#preview}
     * @throws IOException if there is no temporary directory to merge in
     */
    public EventsJob queue(SqsAsyncClient sqs, String queueUrl, Options options, Output<EventsPartial> output)
            throws IOException {
        StoreFactory stores = stores(options.dryRun());
        MessageSource queue = messageSource(sqs, queueUrl, options.follow(), stores.materializer());
        MessageSource messageSource = options.dryRun() ? new DryRunSource(queue) : queue;
        MessageRouter router = new RuleRouter(settings.rules(), settings.quarantine());
        Preparation preparation = preparation(stores::ready, queue, options.dryRun());
        MessageSink sink = sink(messageSource, stores, stores::of, EventsJob.localHoldings(settings, options));
        EventsExecutor executor =
                new EventsExecutor(MessageIntake.of(messageSource, preparation, options), router, sink);
        return new EventsJob(settings, executor, EventsJob.pace(settings, options), output);
    }

    /** Also asks the queue, so that an unreachable one is noticed before anything has been done. */
    private static Preparation preparation(Preparation buckets, MessageSource queue, boolean dryRun) {
        return () -> queue.depth().thenCombine(buckets.run(), (depth, ready) -> {
            depth.flatMap(QueueDepth::maxReceiveCount)
                    .filter(most -> dryRun)
                    .ifPresent(most -> LOG.warn(
                            "a dry run counts as a receive of each message that it looks at: this queue's redrive policy"
                                    + " moves a message to its dead-letter queue after {}",
                            most.equals("1") ? "1 receive" : most + " receives"));
            return null;
        });
    }

    /**
     * The same job on a node of a cluster, with destinations on any node.
     *
     * @param cluster access to the actors of {@link #host}
     */
    public EventsJob onCluster(
            SqsAsyncClient sqs, String queueUrl, boolean follow, ShardedDayFile.Cluster cluster, ActorSystem<?> node) {
        MessageSource messageSource = messageSource(sqs, queueUrl, follow, Materializer.matFromSystem(node));
        S3DayObjects dayObjects = buckets.dayObjects(settings, StoreFactory.disk(node));
        Preparation preparation = preparation(() -> buckets.ready(settings, dayObjects), messageSource, false);
        EventsExecutor executor = new EventsExecutor(
                MessageIntake.of(messageSource, preparation, Options.DRAIN),
                new RuleRouter(settings.rules(), settings.quarantine()),
                new MessageSink(
                        new ClusterDayFileRouter(cluster),
                        EventsJob.sharedHoldings(settings),
                        settings.mergeTimeout()));
        return new EventsJob(settings, executor, EventsJob.paceOnCluster(settings, follow), Output.none());
    }

    /**
     * The destinations that a node of a cluster holds for a run.
     *
     * @throws IOException if there is no temporary directory to merge in
     */
    public ShardedDayFile.Host host(SqsAsyncClient sqs, String queueUrl, ActorSystem<?> node) throws IOException {
        TempDirectory tempDirectory = TempDirectory.in(settings.temporaryDirectory());
        StoreFactory stores = new StoreFactory(node, tempDirectory, settings, buckets, false);
        return new ShardedDayFile.Host(stores, messageSource(sqs, queueUrl, false, stores.materializer()), settings);
    }

    private MessageSource messageSource(
            SqsAsyncClient sqs, String queueUrl, boolean follow, Materializer materializer) {
        return new SqsSource(
                sqs,
                queueUrl,
                follow ? settings.followWait() : settings.drainWait(),
                settings.visibility(),
                settings.parallelDeletes(),
                buckets.errors(),
                materializer);
    }

    /**
     * A job that merges log lines straight into day files.
     *
     * @throws IOException if there is no temporary directory to merge in
     */
    public EventsJob backfillDirect(BufferedReader lines, MetricLine format) throws IOException {
        StoreFactory stores = stores(false);
        MessageSource messageSource = new LogSource(lines, format, stores.blocking());
        MessageRouter router = new RuleRouter(settings.rules(), true);
        return backfill(messageSource, stores::ready, router, stores, stores::of);
    }

    /**
     * A job that publishes log lines as messages.
     *
     * @param sns must not retry
     * @throws IOException if there is no temporary directory
     */
    public EventsJob backfill(BufferedReader lines, MetricLine format, SnsAsyncClient sns, String topicArn)
            throws IOException {
        StoreFactory stores = stores(false);
        MessageSource messageSource = new LogSource(lines, format, stores.blocking());
        MessageRouter router = (message, counts) -> Optional.of(new MessageRouter.Placed(
                Destination.TOPIC, new InFlightMessage(message.receipt(), new Content.Outgoing(message.body()))));
        DurableStore topic = new TopicStore(sns, topicArn, buckets.errors(), stores.materializer());
        return backfill(
                messageSource, () -> CompletableFuture.completedFuture(null), router, stores, destination -> topic);
    }

    private EventsJob backfill(
            MessageSource messageSource,
            Preparation preparation,
            MessageRouter router,
            StoreFactory stores,
            Function<String, DurableStore> store) {
        MessageSink sink = sink(messageSource, stores, store, EventsJob.localHoldings(settings, Options.DRAIN));
        EventsExecutor executor =
                new EventsExecutor(MessageIntake.of(messageSource, preparation, Options.DRAIN), router, sink);
        return new EventsJob(settings, executor, EventsJob.onePoller(settings), Output.none());
    }

    private StoreFactory stores(boolean dryRun) throws IOException {
        TempDirectory tempDirectory = TempDirectory.in(settings.temporaryDirectory());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "muster-events", config);
        return new StoreFactory(system, tempDirectory, settings, buckets, dryRun);
    }

    private MessageSink sink(
            MessageSource messageSource,
            StoreFactory stores,
            Function<String, DurableStore> store,
            BackPressureLimiter backPressure) {
        DayFileRouter dayFiles = new LocalDayFileRouter(
                stores.system(),
                destination -> DayFile.create(
                        store.apply(destination), messageSource, settings.visibility(), System::nanoTime),
                stores.tempDirectory());
        return new MessageSink(dayFiles, backPressure, settings.mergeTimeout());
    }
}
