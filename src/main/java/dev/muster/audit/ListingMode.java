package dev.muster.audit;

/**
 * The way a bucket is listed. A server that is seen not to honour the first is listed anew in the second, and what had been
 * counted before does not count: see {@link BucketStats#plus}.
 */
public enum ListingMode {
    /** By ranges of keys, several at once. Relies on the server to list what follows a key that does not exist. */
    IN_PARTS,

    /** From the first page to the last, each continued behind a key that was listed. */
    IN_SEQUENCE
}
