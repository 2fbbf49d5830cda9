package dev.muster.events;

/**
 * Counts of what a run did to a day's file.
 *
 * @param added lines that it did not hold before
 * @param existing lines that it held before the run
 * @param unique lines that it holds now
 */
public record DayCounts(long added, long existing, long unique) {
    /** Files only grow: the first of several merges saw the fewest lines, the last one the most. */
    DayCounts plus(DayCounts other) {
        return new DayCounts(added + other.added, Math.min(existing, other.existing), Math.max(unique, other.unique));
    }
}
