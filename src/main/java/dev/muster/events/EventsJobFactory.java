package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.engine.Output;
import dev.muster.events.EventsJob.Options;
import dev.muster.events.backfill.LogSource;
import dev.muster.events.backfill.MetricLine;
import dev.muster.events.backfill.TopicStore;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.dayfile.TempDirectory;
import dev.muster.events.queue.DryRunSource;
import dev.muster.events.queue.FailureClassifier;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.SqsSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Puts jobs together.
 *
 * @param config the whole configuration, for the actor system of the day files
 * @param s3 for day files and quarantine; must not retry
 * @param errors classifies what the clients throw
 */
public record EventsJobFactory(Config config, EventsSettings settings, S3AsyncClient s3, FailureClassifier errors) {
    public EventsJobFactory {
        requireNonNull(config, "config is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(s3, "s3 is null");
        requireNonNull(errors, "errors is null");
    }

    /**
     * A job that empties a queue into day files.
     *
     * @param sqs must not retry
     * @param output gets the lines that a dry run would write, see {@link EventsPartial#preview}
     * @throws IOException if there is no temporary directory to merge in
     */
    public EventsJob queue(SqsAsyncClient sqs, String queueUrl, Options options, Output<EventsPartial> output)
            throws IOException {
        StoreFactory stores = stores(options.dryRun());
        MessageSource queue = messageSource(sqs, queueUrl, options.follow(), stores.materializer());
        MessageSource messageSource = options.dryRun() ? new DryRunSource(queue) : queue;
        MessageRouter router = new RuleRouter(settings.rules(), settings.quarantine());
        return job(options, messageSource, router, stores, EventsJob.pace(settings, options), output);
    }

    /**
     * The same job for a node of a cluster, where destinations are anywhere.
     *
     * @param post reaches the actors of {@link #keepers}
     */
    public EventsJob onCluster(SqsAsyncClient sqs, String queueUrl, boolean follow, DayPost post, ActorSystem<?> node) {
        MessageSource messageSource = messageSource(sqs, queueUrl, follow, Materializer.matFromSystem(node));
        return new EventsJob(
                settings,
                new Options(follow, false, Long.MAX_VALUE),
                messageSource,
                new RuleRouter(settings.rules(), settings.quarantine()),
                new ClusterDayFileRouter(post),
                EventsJob.sharedHoldings(settings),
                EventsJob.paceOnCluster(settings, follow),
                Output.none());
    }

    /**
     * The destinations that a node of a cluster holds for a run.
     *
     * @throws IOException if there is no temporary directory to merge in
     */
    public DayKeepers keepers(SqsAsyncClient sqs, String queueUrl, ActorSystem<?> node) throws IOException {
        TempDirectory tempDirectory = TempDirectory.in(settings.temporaryDirectory());
        StoreFactory stores = new StoreFactory(node, tempDirectory, settings, s3, errors, false, Optional.empty());
        return new DayKeepers(stores, messageSource(sqs, queueUrl, false, stores.materializer()), settings);
    }

    private MessageSource messageSource(
            SqsAsyncClient sqs, String queueUrl, boolean follow, Materializer materializer) {
        return new SqsSource(
                sqs,
                queueUrl,
                follow ? settings.followWait() : settings.drainWait(),
                settings.visibility(),
                settings.parallelDeletes(),
                errors,
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
        return job(Options.DRAIN, messageSource, router, stores, EventsJob.onePoller(settings), Output.none());
    }

    /**
     * A job that publishes log lines as messages.
     *
     * @param sns must not retry
     * @throws IOException if there is no temporary directory
     */
    public EventsJob backfill(BufferedReader lines, MetricLine format, SnsAsyncClient sns, String topicArn)
            throws IOException {
        StoreFactory stores =
                stores(false).withTopic(materializer -> new TopicStore(sns, topicArn, errors, materializer));
        MessageSource messageSource = new LogSource(lines, format, stores.blocking());
        MessageRouter router = (message, counts) -> Optional.of(new MessageRouter.Placed(
                Destination.TOPIC, new InFlightMessage(message.receipt(), new Content.Outgoing(message.body()))));
        return job(Options.DRAIN, messageSource, router, stores, EventsJob.onePoller(settings), Output.none());
    }

    private StoreFactory stores(boolean dryRun) throws IOException {
        TempDirectory tempDirectory = TempDirectory.in(settings.temporaryDirectory());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "muster-events", config);
        return new StoreFactory(system, tempDirectory, settings, s3, errors, dryRun, Optional.empty());
    }

    private EventsJob job(
            Options options,
            MessageSource messageSource,
            MessageRouter router,
            StoreFactory stores,
            PollingPolicy pace,
            Output<EventsPartial> output) {
        DayFileRouter dayFiles = new LocalDayFileRouter(
                stores.system(),
                destination ->
                        DayFile.create(stores.of(destination), messageSource, settings.visibility(), System::nanoTime),
                stores.tempDirectory());
        BackPressureLimiter backPressure = EventsJob.localHoldings(settings, options, pace);
        return new EventsJob(settings, options, messageSource, router, dayFiles, backPressure, pace, output);
    }
}
