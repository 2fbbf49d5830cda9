package dev.muster.audit.prefix;

/** Something other than a prefix by which objects are counted one by one. */
public enum GroupKind {
    /** The end of the last part of a key, behind its last dot. */
    EXTENSION,
    /** The owner that a listing names. */
    OWNER,
    /** The class of its age. */
    AGE,
    /** The class of its size. */
    SIZE
}
