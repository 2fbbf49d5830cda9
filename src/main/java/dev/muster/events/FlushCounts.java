package dev.muster.events;

import dev.muster.events.day.Flush;
import dev.muster.events.day.Store.Stored;
import java.util.ArrayList;
import java.util.List;

/** What a destination has done, as a part of the summary. */
final class FlushCounts {
    private FlushCounts() {}

    static EventsSummary of(String destination, Flush.Progress progress) {
        EventsSummary.Builder counts = EventsSummary.builder()
                .add(Count.DUPLICATES, progress.duplicates())
                .add(Count.CONFLICTS, progress.conflicts())
                .add(Count.DELETED, progress.deleted())
                .add(Count.DELETE_FAILURES, progress.deleteFailures())
                .add(Count.LOST, progress.lost())
                .add(Count.RELEASED, progress.released());
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
                counts.add(Count.PUBLISHED, published.messages());
            }
        }
        return counts.preview(preview).build();
    }
}
