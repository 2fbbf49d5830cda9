package dev.muster.audit.prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up a page's objects per prefix. Keys come sorted, so the prefixes of a key are a stack: those that the next key shares
 * stay open, the others are done with. It works on the keys' bytes, and allocates for a prefix, never for an object. Pages
 * that are in no order are right too; a prefix that comes again is added up in the end. Not for concurrent use.
 */
final class PrefixTally {
    private final byte[] delimiter;
    private final int depth;
    private final int most;
    private final List<PrefixRow> rows = new ArrayList<>();
    private PrefixRow[] open = new PrefixRow[4];
    private int level;

    PrefixTally(BreakdownSettings settings) {
        this.delimiter = settings.delimiterBytes();
        this.depth = settings.depth();
        this.most = settings.most();
        open[0] = PrefixRow.begin(settings.rootBytes(), 0);
        rows.add(open[0]);
    }

    /** The sums of the longest prefix of a key, which begins with the root or is empty, as it is unknown. */
    PrefixSum of(byte[] key, int offset, int length) {
        close(key, offset, length);
        int end = length == 0 ? 0 : open[level].prefix().length;
        while (level < depth) {
            end = endOfDelimiter(key, offset, length, end);
            if (end < 0) {
                break;
            }
            open(Arrays.copyOfRange(key, offset, offset + end));
        }
        return open[level].direct();
    }

    PrefixTotals totals() {
        return PrefixTotals.of(most, rows);
    }

    /** Leaves the prefixes that a key does not begin with. */
    private void close(byte[] key, int offset, int length) {
        if (level == 0) {
            return;
        }
        byte[] path = open[level].prefix();
        int shared = Arrays.mismatch(key, offset, offset + length, path, 0, path.length);
        if (shared < 0 || shared == path.length) {
            return;
        }
        while (level > 0 && open[level].prefix().length > shared) {
            level--;
        }
    }

    private void open(byte[] prefix) {
        level++;
        if (level == open.length) {
            open = Arrays.copyOf(open, 2 * level);
        }
        open[level] = PrefixRow.begin(prefix, level);
        rows.add(open[level]);
    }

    /** The end of the first delimiter from an index on; negative if there is none. */
    private int endOfDelimiter(byte[] key, int offset, int length, int from) {
        byte first = delimiter[0];
        for (int at = from; at <= length - delimiter.length; at++) {
            if (key[offset + at] == first
                    && (delimiter.length == 1
                            || Arrays.equals(
                                    key,
                                    offset + at,
                                    offset + at + delimiter.length,
                                    delimiter,
                                    0,
                                    delimiter.length))) {
                return at + delimiter.length;
            }
        }
        return -1;
    }
}
