package dev.muster.audit;

/**
 * The way a bucket is listed. If a server turns out not to support the first mode, the bucket is listed again in the
 * second, and earlier counts do not count: see {@link BucketStats#plus}.
 */
public enum ListingMode {
    /** By ranges of keys, several at once. Relies on the server to list what follows a key that does not exist. */
    IN_PARTS,

    /** From the first page to the last, each continuing after a key that was listed. */
    IN_SEQUENCE
}
