package dev.muster.events.dayfile;

/**
 * Counts of a merge.
 *
 * @param existing lines that were in the file, without duplicates
 * @param added lines that were not
 * @param changed whether the merged file differs from the existing one in any byte
 */
public record MergeCounts(long existing, long added, boolean changed) {
    /** Lines of the merged file. */
    public long unique() {
        return existing + added;
    }
}
