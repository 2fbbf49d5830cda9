package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.MessageRouter.Destination;
import dev.muster.events.dayfile.DayStore;
import dev.muster.events.dayfile.DurableStore;
import dev.muster.events.dayfile.FileMerge;
import dev.muster.events.dayfile.S3DayObjects;
import dev.muster.events.dayfile.TempDirectory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.Materializer;

/** Creates the store of each destination. */
final class StoreFactory {
    /** Bytes of existing lines held at once if a day file turns out not to be sorted. */
    private static final long SORT_MEMORY = 32L << 20;

    private static final DurableStore NOTHING =
            contents -> CompletableFuture.completedFuture(new DurableStore.Stored.Done());

    private final ActorSystem<?> system;
    private final TempDirectory tempDirectory;
    private final EventsSettings settings;
    private final EventBuckets buckets;
    private final boolean dryRun;
    private final S3DayObjects dayObjects;

    /**
     * A factory.
     *
     * @param system actor system of the streams, whose dispatcher for that runs what waits for the disk
     * @param dryRun whether nothing is written
     */
    StoreFactory(
            ActorSystem<?> system,
            TempDirectory tempDirectory,
            EventsSettings settings,
            EventBuckets buckets,
            boolean dryRun) {
        this.system = requireNonNull(system, "system is null");
        this.tempDirectory = requireNonNull(tempDirectory, "tempDirectory is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.buckets = requireNonNull(buckets, "buckets is null");
        this.dryRun = dryRun;
        this.dayObjects = buckets.dayObjects(settings, blocking());
    }

    ActorSystem<?> system() {
        return system;
    }

    TempDirectory tempDirectory() {
        return tempDirectory;
    }

    Materializer materializer() {
        return Materializer.matFromSystem(system);
    }

    Executor blocking() {
        return disk(system);
    }

    /** Threads for what waits for the disk, apart from those that coordinate runs. */
    static Executor disk(ActorSystem<?> system) {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig("pekko.actor.disk-dispatcher"));
    }

    /** The store of a destination for messages of a queue. */
    DurableStore of(String destination) {
        if (Destination.isDay(destination)) {
            DayObjectSettings where = settings.dayObjects();
            FileMerge merge = new FileMerge(where.gzip(), SORT_MEMORY);
            return new DayStore(dayObjects, where.keyOf(destination), merge, tempDirectory, blocking(), dryRun);
        }
        return switch (destination) {
            case Destination.QUARANTINE -> dryRun ? NOTHING : buckets.quarantine(settings, materializer());
            case Destination.DROPPED -> NOTHING;
            default -> throw new IllegalArgumentException("no such destination: " + destination);
        };
    }

    /** Checks that messages can be written, before any is received. A dry run only checks that the bucket exists. */
    CompletableFuture<Void> ready() {
        return dryRun ? buckets.exists(settings.dayObjects().bucket()) : buckets.ready(settings, dayObjects);
    }
}
