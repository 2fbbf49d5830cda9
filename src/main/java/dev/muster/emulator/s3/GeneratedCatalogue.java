package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyGenerator.ObjectFacts;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.Catalogue.Cursor;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Objects of a generator. */
record GeneratedCatalogue(KeyGenerator keys) implements Catalogue {
    private static final long ETAG_SALT = 0x6a09e667f3bcc908L;

    @Override
    public Cursor cursor() {
        return new GeneratedCursor(keys);
    }

    @Override
    public Optional<ObjectVersion> current(String key) {
        byte[] bytes = key.getBytes(UTF_8);
        long index = keys.seek(bytes, bytes.length, true);
        return index < keys.size() && Arrays.equals(keys.key(index), bytes)
                ? Optional.of(version(index))
                : Optional.empty();
    }

    @Override
    public Optional<ObjectVersion> version(String key, String versionId) {
        return versionId.equals(ObjectVersion.NO_VERSION) ? current(key) : Optional.empty();
    }

    @Override
    public Iterator<Entry> versions(byte[] bound, boolean inclusive) {
        return LongStream.range(keys.seek(bound, bound.length, inclusive), keys.size())
                .mapToObj(index -> new Entry(new String(keys.key(index), UTF_8), version(index), true))
                .iterator();
    }

    private ObjectVersion version(long index) {
        return new ObjectVersion(
                ObjectVersion.NO_VERSION,
                new Blob.Zeros(keys.bytes(index)),
                String.format("%016x%016x", ObjectFacts.mix(index), ObjectFacts.mix(index ^ ETAG_SALT)),
                Instant.ofEpochSecond(keys.modifiedSecond(index)),
                keys.storageClass(index),
                false,
                "application/octet-stream",
                Map.of());
    }

    private static final class GeneratedCursor implements Cursor {
        private final KeyGenerator keys;
        private final byte[] key = new byte[KeyGenerator.MAX_KEY_BYTES];
        private long index;
        private int length;

        GeneratedCursor(KeyGenerator keys) {
            this.keys = keys;
        }

        @Override
        public boolean seek(byte[] bound, boolean inclusive) {
            return moveTo(keys.seek(bound, bound.length, inclusive));
        }

        @Override
        public boolean next() {
            return moveTo(index + 1);
        }

        private boolean moveTo(long target) {
            index = target;
            if (index >= keys.size()) {
                return false;
            }
            length = keys.writeKey(index, key);
            return true;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public int keyLength() {
            return length;
        }

        @Override
        public long bytes() {
            return keys.bytes(index);
        }

        @Override
        public long modifiedSecond() {
            return keys.modifiedSecond(index);
        }

        @Override
        public StorageClass storageClass() {
            return keys.storageClass(index);
        }

        @Override
        public void writeETag(XmlBuffer xml) {
            xml.hex(ObjectFacts.mix(index)).hex(ObjectFacts.mix(index ^ ETAG_SALT));
        }
    }
}
