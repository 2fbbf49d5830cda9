package dev.muster.events;

import dev.muster.events.dayfile.DurableStore.Stored;
import dev.muster.events.dayfile.Flush;
import java.util.ArrayList;
import java.util.List;

/** Counts of a destination, as a part of the summary. */
final class FlushCounts {
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
