package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.SharedActor;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.queue.MessageSource;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;

/** What the destinations on one node of a cluster share for a run. */
public final class DayKeepers implements AutoCloseable {
    private final StoreFactory stores;
    private final MessageSource messageSource;
    private final EventsSettings settings;

    DayKeepers(StoreFactory stores, MessageSource messageSource, EventsSettings settings) {
        this.stores = requireNonNull(stores, "stores is null");
        this.messageSource = requireNonNull(messageSource, "inbox is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** The actor that holds a destination's messages. */
    public Behavior<SharedActor.Command<DayRequest, DayAnswer>> keeper(String destination) {
        return DayKeeper.create(
                DayFile.create(stores.of(destination), messageSource, settings.visibility(), System::nanoTime),
                unaskedFor());
    }

    /** Within half a visibility timeout, in which a drained queue is watched after a loss: before its run can end. */
    private Duration unaskedFor() {
        Duration quarter = settings.visibility().dividedBy(4);
        Duration age = settings.flushAt().age();
        return age.compareTo(quarter) < 0 ? age : quarter;
    }

    @Override
    public void close() {
        messageSource.close();
        stores.tempDirectory().close();
    }
}
