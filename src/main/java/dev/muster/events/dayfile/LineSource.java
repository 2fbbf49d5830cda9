package dev.muster.events.dayfile;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;

/** Yields lines, one at a time. */
interface LineSource extends Closeable {
    /** The next line, stripped; null at the end. */
    byte[] next() throws IOException;

    static LineSource of(Iterable<byte[]> lines) {
        Iterator<byte[]> iterator = lines.iterator();
        return new LineSource() {
            @Override
            public byte[] next() {
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
