package dev.muster.contacts.output;

/** In what form contacts are written. */
public enum ContactsFormat {
    /** One JSON object a line, with the bytes of Python's {@code json.dumps}. */
    JSONL,
    /** One JSON array. */
    JSON,
    /** RFC 4180, with a header. */
    CSV,
    /** For people. */
    TABLE
}
