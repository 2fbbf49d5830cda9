package dev.muster.emulator;

/** Permission that a bucket may deny even to its own account. */
public enum Permission {
    /** Listing, and learning whether a key exists: without it a missing object is 403, not 404. */
    LIST,
    /** Reading objects. */
    READ,
    /** Writing and deleting objects. */
    WRITE
}
