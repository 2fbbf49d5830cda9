package dev.muster.events.dayfile;

import java.io.IOException;

/** Passes on the lines of a sorted source without duplicates. */
final class AscendingLines implements LineSource {
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
