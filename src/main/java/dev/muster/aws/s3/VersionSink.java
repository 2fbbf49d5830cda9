package dev.muster.aws.s3;

/** Takes the versions and delete markers of a page one by one, as its bytes arrive. */
@FunctionalInterface
public interface VersionSink {
    /** What stands in a version's place. */
    enum Kind {
        VERSION,
        DELETE_MARKER
    }

    /**
     * Takes one version or delete marker. The page may still turn out to be broken, so what a page gave counts only
     * once its {@link ListingPage} is there.
     *
     * @param key holds the key's UTF-8 bytes; valid during the call only
     * @param offset of the key's first byte
     * @param length of the key in bytes; at least 1
     * @param latest whether this is the current version of its key
     * @param bytes size of the version; 0 for a delete marker
     * @param lastModifiedMillis milliseconds since the epoch
     * @param storageClass as S3 names it; {@code STANDARD} if the page does not say
     */
    void version(
            Kind kind,
            byte[] key,
            int offset,
            int length,
            boolean latest,
            long bytes,
            long lastModifiedMillis,
            String storageClass);
}
