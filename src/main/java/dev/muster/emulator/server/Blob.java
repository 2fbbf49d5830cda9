package dev.muster.emulator.server;

import static java.util.Objects.requireNonNull;

import org.apache.pekko.util.ByteString;

/** The content of an object or of a reply. */
public sealed interface Blob {
    Blob EMPTY = new Bytes(ByteString.emptyByteString());

    /** In bytes. */
    long size();

    /** The part from one offset (inclusive) to another (exclusive). */
    Blob slice(long from, long until);

    /** Content that is there. */
    record Bytes(ByteString bytes) implements Blob {
        public Bytes {
            requireNonNull(bytes, "bytes is null");
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public Blob slice(long from, long until) {
            return new Bytes(bytes.slice((int) from, (int) until));
        }
    }

    /** Zero bytes that are made when somebody reads them: the content of objects of which only the size is known. */
    record Zeros(long size) implements Blob {
        public Zeros {
            if (size < 0) {
                throw new IllegalArgumentException("size is negative: " + size);
            }
        }

        @Override
        public Blob slice(long from, long until) {
            return new Zeros(until - from);
        }
    }

    static Blob of(byte[] bytes) {
        return new Bytes(ByteString.fromArray(bytes));
    }
}
