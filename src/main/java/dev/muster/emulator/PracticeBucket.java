package dev.muster.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.server.Reply.Blob;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A bucket of an estate.
 *
 * @param name unique in the estate
 * @param versioned whether overwritten and deleted objects stay as versions
 * @param denied permissions that even its own account lacks
 */
public record PracticeBucket(
        String name,
        String region,
        Instant created,
        boolean versioned,
        Set<Permission> denied,
        BucketContents contents,
        List<PendingUpload> uploads) {
    private static final Instant CREATED = Instant.parse("2019-03-14T09:26:53Z");

    public PracticeBucket {
        requireNonNull(name, "name is null");
        requireNonNull(region, "region is null");
        requireNonNull(created, "created is null");
        denied = Set.copyOf(denied);
        requireNonNull(contents, "contents is null");
        uploads = List.copyOf(uploads);
    }

    /** A bucket of stored objects in {@code us-east-1}. */
    public static PracticeBucket of(String name, StoredObject... objects) {
        return of(name, new BucketContents.Stored(List.of(objects)));
    }

    /** A bucket of generated objects in {@code us-east-1}. */
    public static PracticeBucket of(String name, KeyGenerator keys) {
        return of(name, new BucketContents.Generated(keys));
    }

    private static PracticeBucket of(String name, BucketContents contents) {
        return new PracticeBucket(name, Estate.REGION, CREATED, false, Set.of(), contents, List.of());
    }

    public PracticeBucket in(String otherRegion) {
        return new PracticeBucket(name, otherRegion, created, versioned, denied, contents, uploads);
    }

    public PracticeBucket created(Instant when) {
        return new PracticeBucket(name, region, when, versioned, denied, contents, uploads);
    }

    public PracticeBucket keepingVersions() {
        return new PracticeBucket(name, region, created, true, denied, contents, uploads);
    }

    /** The bucket with all permissions denied. */
    public PracticeBucket locked() {
        return denying(EnumSet.allOf(Permission.class));
    }

    public PracticeBucket denying(Set<Permission> permissions) {
        return new PracticeBucket(name, region, created, versioned, permissions, contents, uploads);
    }

    public PracticeBucket with(PendingUpload... pending) {
        return new PracticeBucket(name, region, created, versioned, denied, contents, List.of(pending));
    }

    /**
     * A multipart upload that was started and never completed.
     *
     * @param partBytes sizes of the uploaded parts
     */
    public record PendingUpload(String key, Instant initiated, List<Long> partBytes) {
        public PendingUpload {
            requireNonNull(key, "key is null");
            requireNonNull(initiated, "initiated is null");
            partBytes = List.copyOf(partBytes);
        }
    }

    /**
     * A version of an object of an estate. Several with the same key are its versions, the oldest first.
     *
     * @param modified modification time, of which S3 uses whole seconds
     * @param deleteMarker whether this is a delete marker, which has no content
     */
    public record StoredObject(
            String key, Blob content, Instant modified, StorageClass storageClass, boolean deleteMarker) {
        public StoredObject {
            requireNonNull(key, "key is null");
            requireNonNull(content, "content is null");
            requireNonNull(modified, "modified is null");
            requireNonNull(storageClass, "storageClass is null");
        }

        /** An object of which only the size is known; its content reads as zeros. */
        public static StoredObject ofSize(String key, long bytes, Instant modified, StorageClass storageClass) {
            return new StoredObject(key, new Blob.Zeros(bytes), modified, storageClass, false);
        }

        public static StoredObject ofText(String key, String text, Instant modified) {
            return new StoredObject(key, Blob.of(text.getBytes(UTF_8)), modified, StorageClass.STANDARD, false);
        }

        public static StoredObject deleteMarker(String key, Instant modified) {
            return new StoredObject(key, Blob.EMPTY, modified, StorageClass.STANDARD, true);
        }
    }

    /** Initial contents of a bucket. */
    public sealed interface BucketContents {
        /** Objects in memory, which clients may change. */
        record Stored(List<StoredObject> objects) implements BucketContents {
            public Stored {
                objects = List.copyOf(objects);
            }
        }

        /** Any number of objects generated on the fly; the bucket cannot be written. */
        record Generated(KeyGenerator keys) implements BucketContents {
            public Generated {
                requireNonNull(keys, "keys is null");
            }
        }
    }

    /** Permission that a bucket may deny even to its own account. */
    public enum Permission {
        /** Listing, and learning whether a key exists: without it a missing object is 403, not 404. */
        LIST,
        /** Reading objects. */
        READ,
        /** Writing and deleting objects. */
        WRITE
    }
}
