package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.Catalogue.Cursor;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.XmlBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Objects in memory. Readers never wait; writers come one at a time, so that a condition and the write that it guards are
 * one step.
 */
final class StoredCatalogue implements Catalogue {
    /** Versions of each key, the newest first; never empty. */
    private final NavigableMap<byte[], List<ObjectVersion>> objects =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    private final boolean versioned;

    StoredCatalogue(boolean versioned) {
        this.versioned = versioned;
    }

    boolean versioned() {
        return versioned;
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Writes a version if a condition holds on the one that is current now. */
    synchronized void put(String key, ObjectVersion version, WriteCondition condition) {
        condition.check(key, current(key));
        byte[] bytes = key.getBytes(UTF_8);
        List<ObjectVersion> versions = new ArrayList<>();
        versions.add(version);
        if (versioned) {
            versions.addAll(objects.getOrDefault(bytes, List.of()));
        }
        objects.put(bytes, List.copyOf(versions));
    }

    /** Removes an object for good, versions and all. */
    synchronized void remove(String key, WriteCondition condition) {
        condition.check(key, current(key));
        objects.remove(key.getBytes(UTF_8));
    }

    /** Removes one version for good. */
    synchronized void removeVersion(String key, String versionId) {
        objects.computeIfPresent(key.getBytes(UTF_8), (bytes, versions) -> {
            List<ObjectVersion> kept = versions.stream()
                    .filter(version -> !version.versionId().equals(versionId))
                    .toList();
            return kept.isEmpty() ? null : kept;
        });
    }

    @Override
    public Cursor cursor() {
        return new StoredCursor(objects);
    }

    @Override
    public Optional<ObjectVersion> current(String key) {
        return versionsOf(key).stream().limit(1).filter(v -> !v.deleteMarker()).findFirst();
    }

    @Override
    public Optional<ObjectVersion> version(String key, String versionId) {
        return versionsOf(key).stream()
                .filter(version -> version.versionId().equals(versionId))
                .findFirst();
    }

    @Override
    public Iterator<Entry> versions(byte[] bound, boolean inclusive) {
        return objects.tailMap(bound, inclusive).entrySet().stream()
                .flatMap(StoredCatalogue::entries)
                .iterator();
    }

    private static Stream<Entry> entries(Map.Entry<byte[], List<ObjectVersion>> object) {
        String key = new String(object.getKey(), UTF_8);
        List<ObjectVersion> versions = object.getValue();
        return IntStream.range(0, versions.size()).mapToObj(i -> new Entry(key, versions.get(i), i == 0));
    }

    private List<ObjectVersion> versionsOf(String key) {
        return objects.getOrDefault(key.getBytes(UTF_8), List.of());
    }

    /** Walks over stored objects, past those whose newest version is a delete marker. */
    static final class StoredCursor implements Cursor {
        private final NavigableMap<byte[], List<ObjectVersion>> objects;
        private Iterator<Map.Entry<byte[], List<ObjectVersion>>> rest;
        private byte[] key = {};
        private ObjectVersion version;

        StoredCursor(NavigableMap<byte[], List<ObjectVersion>> objects) {
            this.objects = objects;
            this.rest = objects.entrySet().iterator();
        }

        @Override
        public boolean seek(byte[] bound, boolean inclusive) {
            rest = objects.tailMap(bound, inclusive).entrySet().iterator();
            return next();
        }

        @Override
        public boolean next() {
            while (rest.hasNext()) {
                Map.Entry<byte[], List<ObjectVersion>> entry = rest.next();
                version = entry.getValue().get(0);
                if (!version.deleteMarker()) {
                    key = entry.getKey();
                    return true;
                }
            }
            return false;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public int keyLength() {
            return key.length;
        }

        @Override
        public long bytes() {
            return version.content().size();
        }

        @Override
        public long modifiedSecond() {
            return version.modified().getEpochSecond();
        }

        @Override
        public StorageClass storageClass() {
            return version.storageClass();
        }

        @Override
        public void writeETag(XmlBuffer xml) {
            xml.raw(version.etag().getBytes(US_ASCII));
        }
    }

    /**
     * Condition of a write: If-Match with an ETag, or If-None-Match with {@code *}.
     *
     * @param ifMatch an ETag, quoted or not, or {@code *}
     */
    record WriteCondition(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        static final WriteCondition NONE = new WriteCondition(Optional.empty(), Optional.empty());

        static WriteCondition of(Call call) {
            WriteCondition condition = new WriteCondition(call.header("if-match"), call.header("if-none-match"));
            if (condition.ifNoneMatch().filter(value -> !value.equals("*")).isPresent()) {
                throw S3Errors.notImplemented();
            }
            return condition;
        }

        void check(String key, Optional<ObjectVersion> current) {
            if (ifNoneMatch.isPresent() && current.isPresent()) {
                throw S3Errors.preconditionFailed("If-None-Match");
            }
            if (ifMatch.isEmpty()) {
                return;
            }
            ObjectVersion present = current.orElseThrow(() -> S3Errors.noSuchKey(key));
            if (!ETags.matches(ifMatch.get(), present.etag())) {
                throw S3Errors.preconditionFailed("If-Match");
            }
        }
    }
}
