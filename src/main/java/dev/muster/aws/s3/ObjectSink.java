package dev.muster.aws.s3;

/** Takes the objects of a page one by one, as its bytes arrive. */
@FunctionalInterface
public interface ObjectSink {
    /**
     * Takes one object. The page may still turn out to be broken, so what a page gave counts only once its
     * {@link ListingPage} is there.
     *
     * @param key holds the key's UTF-8 bytes; valid during the call only
     * @param offset of the key's first byte
     * @param length of the key in bytes; at least 1
     * @param bytes size of the object; not negative
     * @param lastModifiedMillis milliseconds since the epoch
     * @param storageClass as S3 names it; {@code STANDARD} if the page does not say
     */
    void object(byte[] key, int offset, int length, long bytes, long lastModifiedMillis, String storageClass);
}
