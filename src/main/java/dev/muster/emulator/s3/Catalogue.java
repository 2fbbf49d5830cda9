package dev.muster.emulator.s3;

import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.server.XmlBuffer;
import java.util.Iterator;
import java.util.Optional;

/** The objects of a bucket. */
sealed interface Catalogue permits StoredCatalogue, GeneratedCatalogue {
    Cursor cursor();

    /** The current version of an object; empty if it does not exist or is deleted. */
    Optional<ObjectVersion> current(String key);

    /** One version of an object. */
    Optional<ObjectVersion> version(String key, String versionId);

    /** All versions beyond a bound, by key and then from the newest. */
    Iterator<Entry> versions(byte[] bound, boolean inclusive);

    /**
     * A version with its key.
     *
     * @param latest whether it is the version that a plain GET reads
     */
    record Entry(String key, ObjectVersion version, boolean latest) {}

    /** Walks over the current objects of a bucket in byte order of their keys. For one listing by one thread. */
    interface Cursor {
        /**
         * Goes to the first key beyond a bound.
         *
         * @param inclusive whether a key equal to the bound is beyond it
         * @return whether there is one; the other methods may be called only if so
         */
        boolean seek(byte[] bound, boolean inclusive);

        /** Goes to the next key. */
        boolean next();

        /** Buffer with the key from position 0; valid until the cursor moves. */
        byte[] key();

        int keyLength();

        long bytes();

        long modifiedSecond();

        StorageClass storageClass();

        /** Writes the ETag, without quotes. */
        void writeETag(XmlBuffer xml);
    }
}
