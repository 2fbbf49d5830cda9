package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.day.DayStore;
import dev.muster.events.day.FileMerge;
import dev.muster.events.day.QuarantineStore;
import dev.muster.events.day.S3DayObjects;
import dev.muster.events.day.Scratch;
import dev.muster.events.day.Store;
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
record Stores(
        ActorSystem<?> system,
        Scratch scratch,
        EventsSettings settings,
        S3AsyncClient s3,
        FailureClassifier errors,
        boolean dryRun,
        Optional<Function<Materializer, Store>> topic) {
    /** Bytes of existing lines held at once where a day file turns out not to be sorted. */
    private static final long SORT_MEMORY = 32L << 20;

    private static final Store NOTHING = contents -> CompletableFuture.completedFuture(new Store.Stored.Done());

    Stores {
        requireNonNull(system, "system is null");
        requireNonNull(scratch, "scratch is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(s3, "s3 is null");
        requireNonNull(errors, "errors is null");
        requireNonNull(topic, "topic is null");
    }

    Stores withTopic(Function<Materializer, Store> store) {
        return new Stores(system, scratch, settings, s3, errors, dryRun, Optional.of(store));
    }

    Materializer materializer() {
        return Materializer.matFromSystem(system);
    }

    Executor blocking() {
        return system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    Store of(String destination) {
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

    private Store day(String day) {
        DayObjectSettings where = settings.dayObjects();
        S3DayObjects objects = new S3DayObjects(
                s3, where.bucket(), settings.mergeTimeout(), where.multipartOver(), errors, blocking());
        FileMerge merge = new FileMerge(where.gzip(), SORT_MEMORY);
        return new DayStore(objects, where.keyOf(day), merge, scratch, blocking(), dryRun);
    }

    private Store quarantine() {
        DayObjectSettings where = settings.dayObjects();
        return new QuarantineStore(s3, where.quarantineBucket(), where.quarantinePrefix(), errors, materializer());
    }
}
