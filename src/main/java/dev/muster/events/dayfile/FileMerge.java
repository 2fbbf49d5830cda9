package dev.muster.events.dayfile;

import dev.muster.events.dayfile.DurableStore.MergeCounts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.zip.GZIPOutputStream;

/**
 * Merges new lines into a day file: stripped, sorted, without duplicates, each followed by a line feed.
 *
 * <p>The existing file is read as a stream; if it turns out not to be sorted, it is sorted on disk first. Memory holds
 * the new lines and at most {@code sortMemory} bytes of existing ones.
 *
 * @param gzip whether the merged file is compressed; the existing one may or may not be
 */
public record FileMerge(boolean gzip, long sortMemory) {
    private static final int BUFFER = 1 << 16;

    /**
     * Merges into {@code target}, whose directory is also used for sorting. Existing bytes that cannot be read or
     * decompressed are an error, never the end of the file.
     */
    public MergeCounts merge(Optional<Path> existing, SortedSet<byte[]> added, Path target) throws IOException {
        if (existing.isEmpty()) {
            MergeCounts counts = union(LineSource.of(List.of()), added, target);
            return new MergeCounts(0, counts.added(), true);
        }
        try {
            return streamed(existing.get(), added, target);
        } catch (AscendingLines.NotSortedException e) {
            return sorted(existing.get(), added, target);
        }
    }

    private MergeCounts streamed(Path existing, SortedSet<byte[]> added, Path target) throws IOException {
        try (LineReader old = LineReader.open(existing);
                AscendingLines ascending = new AscendingLines(old)) {
            MergeCounts counts = union(ascending, added, target);
            boolean asWeWrite = old.clean() && old.compressed() == gzip && !ascending.duplicates();
            return new MergeCounts(counts.existing(), counts.added(), counts.changed() || !asWeWrite);
        }
    }

    private MergeCounts sorted(Path existing, SortedSet<byte[]> added, Path target) throws IOException {
        try (LineReader old = LineReader.open(existing);
                LineSource sorted =
                        ExternalSort.sort(old, target.toAbsolutePath().getParent(), sortMemory)) {
            MergeCounts counts = union(new AscendingLines(sorted), added, target);
            return new MergeCounts(counts.existing(), counts.added(), true);
        }
    }

    private MergeCounts union(LineSource old, SortedSet<byte[]> added, Path target) throws IOException {
        long existing = 0;
        long fresh = 0;
        try (OutputStream out = open(target);
                LineSource additions = LineSource.of(added)) {
            byte[] left = old.next();
            byte[] right = additions.next();
            while (left != null || right != null) {
                int order = left == null ? 1 : right == null ? -1 : LineOrder.ORDER.compare(left, right);
                out.write(order <= 0 ? left : right);
                out.write('\n');
                if (order <= 0) {
                    existing++;
                    left = old.next();
                } else {
                    fresh++;
                }
                if (order >= 0) {
                    right = additions.next();
                }
            }
        }
        return new MergeCounts(existing, fresh, fresh > 0);
    }

    private OutputStream open(Path target) throws IOException {
        OutputStream file = Files.newOutputStream(target);
        return new BufferedOutputStream(gzip ? new GZIPOutputStream(file, BUFFER) : file, BUFFER);
    }

    /** Passes on the lines of a sorted source without duplicates. */
    static final class AscendingLines implements LineSource {
        /** The source is not sorted; what was passed on so far must not be used. */
        static final class NotSortedException extends IOException {
            private static final long serialVersionUID = 1L;
        }

        private final LineSource source;
        private byte[] previous;
        private boolean duplicates;

        AscendingLines(LineSource source) {
            this.source = source;
        }

        boolean duplicates() {
            return duplicates;
        }

        @Override
        public byte[] next() throws IOException {
            byte[] line = source.next();
            while (line != null && previous != null) {
                int order = LineOrder.ORDER.compare(previous, line);
                if (order > 0) {
                    throw new NotSortedException();
                }
                if (order < 0) {
                    break;
                }
                duplicates = true;
                line = source.next();
            }
            previous = line;
            return line;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
