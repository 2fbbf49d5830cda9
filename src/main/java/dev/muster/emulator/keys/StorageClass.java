package dev.muster.emulator.keys;

/** Storage class of an object; the names are those of the S3 API. */
public enum StorageClass {
    STANDARD,
    STANDARD_IA,
    INTELLIGENT_TIERING,
    GLACIER_IR,
    GLACIER,
    DEEP_ARCHIVE
}
