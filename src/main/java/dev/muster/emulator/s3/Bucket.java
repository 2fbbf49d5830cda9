package dev.muster.emulator.s3;

import dev.muster.emulator.PracticeBucket.Permission;
import java.time.Instant;
import java.util.Set;

/**
 * An existing bucket.
 *
 * @param owner id of the only account with access
 */
record Bucket(
        String name,
        String region,
        String owner,
        Instant created,
        Set<Permission> denied,
        Catalogue catalogue,
        Uploads uploads) {
    private static final String DIRECTORY_SUFFIX = "--x-s3";

    /** Tells whether a bucket is a directory bucket, by its name. */
    static boolean isDirectory(String name) {
        return name.endsWith(DIRECTORY_SUFFIX);
    }

    void require(Permission permission) {
        if (denied.contains(permission)) {
            throw S3Errors.accessDenied(this);
        }
    }

    /** The objects, if they can be written. */
    StoredCatalogue writable() {
        require(Permission.WRITE);
        if (catalogue instanceof StoredCatalogue stored) {
            return stored;
        }
        throw S3Errors.accessDenied(this);
    }
}
