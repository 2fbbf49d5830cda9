package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.dayfile.DayStore;
import dev.muster.events.dayfile.DurableStore;
import dev.muster.events.dayfile.FileMerge;
import dev.muster.events.dayfile.QuarantineStore;
import dev.muster.events.dayfile.S3DayObjects;
import dev.muster.events.dayfile.TempDirectory;
import dev.muster.events.queue.FailureClassifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.Materializer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Makes the store of each destination.
 *
 * @param system runs streams, and on its blocking dispatcher what waits for the disk
 * @param dryRun whether nothing is written
 * @param topic makes the store of messages to be published; only of a backfill
 */
record StoreFactory(
        ActorSystem<?> system,
        TempDirectory tempDirectory,
        EventsSettings settings,
        S3AsyncClient s3,
        FailureClassifier errors,
        boolean dryRun,
        Optional<Function<Materializer, DurableStore>> topic) {
    /** Bytes of existing lines held at once where a day file turns out not to be sorted. */
    private static final long SORT_MEMORY = 32L << 20;

    private static final DurableStore NOTHING =
            contents -> CompletableFuture.completedFuture(new DurableStore.Stored.Done());

    StoreFactory {
        requireNonNull(system, "system is null");
        requireNonNull(tempDirectory, "scratch is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(s3, "s3 is null");
        requireNonNull(errors, "errors is null");
        requireNonNull(topic, "topic is null");
    }

    StoreFactory withTopic(Function<Materializer, DurableStore> store) {
        return new StoreFactory(system, tempDirectory, settings, s3, errors, dryRun, Optional.of(store));
    }

    Materializer materializer() {
        return Materializer.matFromSystem(system);
    }

    Executor blocking() {
        return system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    DurableStore of(String destination) {
        if (Destination.isDay(destination)) {
            return day(destination);
        }
        return switch (destination) {
            case Destination.TOPIC -> topic.orElseThrow().apply(materializer());
            case Destination.QUARANTINE -> dryRun ? NOTHING : quarantine();
            case Destination.DROPPED -> NOTHING;
            default -> throw new IllegalArgumentException("no such destination: " + destination);
        };
    }

    private DurableStore day(String day) {
        DayObjectSettings where = settings.dayObjects();
        S3DayObjects objects = new S3DayObjects(
                s3, where.bucket(), settings.mergeTimeout(), where.multipartOver(), errors, blocking());
        FileMerge merge = new FileMerge(where.gzip(), SORT_MEMORY);
        return new DayStore(objects, where.keyOf(day), merge, tempDirectory, blocking(), dryRun);
    }

    private DurableStore quarantine() {
        DayObjectSettings where = settings.dayObjects();
        return new QuarantineStore(s3, where.quarantineBucket(), where.quarantinePrefix(), errors, materializer());
    }
}
