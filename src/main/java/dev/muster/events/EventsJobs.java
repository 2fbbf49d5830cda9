package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.engine.Output;
import dev.muster.events.EventsJob.Options;
import dev.muster.events.day.DayFile;
import dev.muster.events.day.DayStore;
import dev.muster.events.day.FileMerge;
import dev.muster.events.day.QuarantineStore;
import dev.muster.events.day.S3DayObjects;
import dev.muster.events.day.Scratch;
import dev.muster.events.day.Store;
import dev.muster.events.queue.DryRunInbox;
import dev.muster.events.queue.FailureClassifier;
import dev.muster.events.queue.Inbox;
import dev.muster.events.queue.SqsInbox;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Puts jobs together.
 *
 * @param config the whole configuration, for the actor system of the day files
 * @param s3 for day files and quarantine; must not retry
 * @param errors classifies what the clients throw
 */
public record EventsJobs(Config config, EventsSettings settings, S3AsyncClient s3, FailureClassifier errors) {
    /** Existing lines held at once where a day file turns out not to be sorted. */
    private static final long SORT_MEMORY = 32L << 20;

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
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "muster-events", config);
        Inbox queue = new SqsInbox(
                sqs,
                queueUrl,
                options.follow() ? settings.followWait() : settings.drainWait(),
                settings.visibility(),
                settings.parallelDeletes(),
                errors,
                Materializer.matFromSystem(system));
        Inbox inbox = options.dryRun() ? new DryRunInbox(queue) : queue;
        Sorter sorter = new RulesSorter(settings.rules(), settings.quarantine());
        return new EventsJob(
                settings,
                options,
                inbox,
                sorter,
                dayFiles(system, inbox, options),
                EventsJob.pace(settings, options),
                output);
    }

    private DayFiles dayFiles(ActorSystem<Void> system, Inbox inbox, Options options) throws IOException {
        Scratch scratch = Scratch.below(settings.temporaryDirectory());
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        DayObjectSettings where = settings.dayObjects();
        S3DayObjects objects =
                new S3DayObjects(s3, where.bucket(), settings.mergeTimeout(), where.multipartOver(), errors, blocking);
        FileMerge merge = new FileMerge(where.gzip(), SORT_MEMORY);
        Duration visibility = settings.visibility();
        return new LocalDayFiles(
                system,
                destination -> DayFile.create(
                        Destination.isDay(destination)
                                ? new DayStore(
                                        objects, where.keyOf(destination), merge, scratch, blocking, options.dryRun())
                                : other(destination, system, options.dryRun()),
                        inbox,
                        visibility,
                        System::nanoTime),
                scratch);
    }

    private Store other(String destination, ActorSystem<Void> system, boolean dryRun) {
        if (destination.equals(Destination.QUARANTINE) && !dryRun) {
            DayObjectSettings where = settings.dayObjects();
            return new QuarantineStore(
                    s3, where.quarantineBucket(), where.quarantinePrefix(), errors, Materializer.matFromSystem(system));
        }
        return contents -> CompletableFuture.completedFuture(new Store.Stored.Done());
    }
}
