package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.engine.Output;
import dev.muster.events.EventsJob.Options;
import dev.muster.events.backfill.LineInbox;
import dev.muster.events.backfill.MetricLine;
import dev.muster.events.backfill.TopicStore;
import dev.muster.events.day.Content;
import dev.muster.events.day.DayFile;
import dev.muster.events.day.Parcel;
import dev.muster.events.day.Scratch;
import dev.muster.events.queue.DryRunInbox;
import dev.muster.events.queue.FailureClassifier;
import dev.muster.events.queue.Inbox;
import dev.muster.events.queue.SqsInbox;
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
public record EventsJobs(Config config, EventsSettings settings, S3AsyncClient s3, FailureClassifier errors) {
    public EventsJobs {
        requireNonNull(config, "config is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(s3, "s3 is null");
        requireNonNull(errors, "errors is null");
    }

    /**
     * A job that empties a queue into day files.
     *
     * @param sqs must not retry
     * @param output gets the lines that a dry run would write, see {@link EventsSummary#preview}
     * @throws IOException if there is no temporary directory to merge in
     */
    public EventsJob queue(SqsAsyncClient sqs, String queueUrl, Options options, Output<EventsSummary> output)
            throws IOException {
        Stores stores = stores(options.dryRun());
        Inbox queue = inbox(sqs, queueUrl, options.follow(), stores.materializer());
        Inbox inbox = options.dryRun() ? new DryRunInbox(queue) : queue;
        Sorter sorter = new RulesSorter(settings.rules(), settings.quarantine());
        return job(options, inbox, sorter, stores, EventsJob.pace(settings, options), output);
    }

    /**
     * The same job for a node of a cluster, where destinations are anywhere.
     *
     * @param post reaches the actors of {@link #keepers}
     */
    public EventsJob onCluster(SqsAsyncClient sqs, String queueUrl, boolean follow, DayPost post, ActorSystem<?> node) {
        Inbox inbox = inbox(sqs, queueUrl, follow, Materializer.matFromSystem(node));
        return new EventsJob(
                settings,
                new Options(follow, false, Long.MAX_VALUE),
                inbox,
                new RulesSorter(settings.rules(), settings.quarantine()),
                new PostedDayFiles(post),
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
        Scratch scratch = Scratch.in(settings.temporaryDirectory());
        Stores stores = new Stores(node, scratch, settings, s3, errors, false, Optional.empty());
        return new DayKeepers(stores, inbox(sqs, queueUrl, false, stores.materializer()), settings);
    }

    private Inbox inbox(SqsAsyncClient sqs, String queueUrl, boolean follow, Materializer materializer) {
        return new SqsInbox(
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
        Stores stores = stores(false);
        Inbox inbox = new LineInbox(lines, format, stores.blocking());
        Sorter sorter = new RulesSorter(settings.rules(), true);
        return job(Options.DRAIN, inbox, sorter, stores, EventsJob.onePoller(settings), Output.none());
    }

    /**
     * A job that publishes log lines as messages.
     *
     * @param sns must not retry
     * @throws IOException if there is no temporary directory
     */
    public EventsJob backfill(BufferedReader lines, MetricLine format, SnsAsyncClient sns, String topicArn)
            throws IOException {
        Stores stores = stores(false).withTopic(materializer -> new TopicStore(sns, topicArn, errors, materializer));
        Inbox inbox = new LineInbox(lines, format, stores.blocking());
        Sorter sorter = (message, counts) -> Optional.of(new Sorter.Placed(
                Destination.TOPIC, new Parcel(message.receipt(), new Content.Outgoing(message.body()))));
        return job(Options.DRAIN, inbox, sorter, stores, EventsJob.onePoller(settings), Output.none());
    }

    private Stores stores(boolean dryRun) throws IOException {
        Scratch scratch = Scratch.in(settings.temporaryDirectory());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "muster-events", config);
        return new Stores(system, scratch, settings, s3, errors, dryRun, Optional.empty());
    }

    private EventsJob job(
            Options options, Inbox inbox, Sorter sorter, Stores stores, Pace pace, Output<EventsSummary> output) {
        DayFiles dayFiles = new LocalDayFiles(
                stores.system(),
                destination -> DayFile.create(stores.of(destination), inbox, settings.visibility(), System::nanoTime),
                stores.scratch());
        Holdings holdings = EventsJob.localHoldings(settings, options, pace);
        return new EventsJob(settings, options, inbox, sorter, dayFiles, holdings, pace, output);
    }
}
