package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import dev.muster.emulator.keys.KeyGenerator;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A bucket as an estate describes it.
 *
 * @param name unique in the estate
 * @param versioned whether overwritten and deleted objects stay as versions
 * @param denied what even its own account may not do
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

    /** Denies everything. */
    public PracticeBucket locked() {
        return denying(EnumSet.allOf(Permission.class));
    }

    public PracticeBucket denying(Set<Permission> permissions) {
        return new PracticeBucket(name, region, created, versioned, permissions, contents, uploads);
    }

    public PracticeBucket with(PendingUpload... pending) {
        return new PracticeBucket(name, region, created, versioned, denied, contents, List.of(pending));
    }
}
