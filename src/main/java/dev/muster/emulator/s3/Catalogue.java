package dev.muster.emulator.s3;

import java.util.Iterator;
import java.util.Optional;

/** The objects of a bucket. */
sealed interface Catalogue permits StoredCatalogue, GeneratedCatalogue {
    Cursor cursor();

    /** The current version of an object: empty if it does not exist, or a delete marker. */
    Optional<ObjectVersion> current(String key);

    /** One version of an object. */
    Optional<ObjectVersion> version(String key, String versionId);

    /** All versions beyond a bound: by key, and of one key the newest first. */
    Iterator<Entry> versions(byte[] bound, boolean inclusive);

    /**
     * A version with its key.
     *
     * @param latest whether it is what a plain GET would read
     */
    record Entry(String key, ObjectVersion version, boolean latest) {}
}
