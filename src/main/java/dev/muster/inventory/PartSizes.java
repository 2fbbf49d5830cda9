package dev.muster.inventory;

import dev.muster.inventory.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides segments among data files of 100,000 to 2,000,000 rows each, if there are that many, and into enough files
 * that they can be written, and later read, in parallel.
 */
final class PartSizes {
    private static final long LEAST_ROWS = 100_000;
    private static final long ENOUGH_ROWS = 1_000_000;
    private static final int PARTS_AT_ONCE = 16;

    private PartSizes() {}

    /** The segments of each data file; no two files have rows with the same key. */
    static List<List<Segment>> divide(List<Segment> ordered) {
        long rows = ordered.stream().mapToLong(Segment::rows).sum();
        long enough = Math.max(LEAST_ROWS, Math.min(ENOUGH_ROWS, rows / PARTS_AT_ONCE));
        List<List<Segment>> parts = new ArrayList<>();
        List<Segment> part = new ArrayList<>();
        long partRows = 0;
        long left = rows;
        for (Segment segment : ordered) {
            if (partRows >= enough && left >= LEAST_ROWS && !continues(part.get(part.size() - 1), segment)) {
                parts.add(part);
                part = new ArrayList<>();
                partRows = 0;
            }
            part.add(segment);
            partRows += segment.rows();
            left -= segment.rows();
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** Tells whether a segment may continue within a key that has several versions. */
    private static boolean continues(Segment before, Segment next) {
        return before.bucket().equals(next.bucket()) && before.last().compareTo(next.first()) >= 0;
    }
}
