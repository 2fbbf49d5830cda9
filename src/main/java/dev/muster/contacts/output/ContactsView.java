package dev.muster.contacts.output;

import static java.util.Objects.requireNonNull;

/**
 * View of contacts.
 *
 * @param pivot one row an account instead of one a contact
 * @param full with account name, name, title and phone
 * @param primary with the fields of GetContactInformation
 * @param sort by account and type; otherwise as they come
 * @param redact with the local parts of addresses masked, and names, phones and postal addresses too
 */
public record ContactsView(
        ContactsFormat format, boolean pivot, boolean full, boolean primary, boolean sort, boolean redact) {
    public ContactsView {
        requireNonNull(format, "format is null");
    }

    /** True if the contacts can be written one by one as they come; otherwise all are needed at once. */
    public boolean streams() {
        return !pivot && !sort && (format == ContactsFormat.JSONL || format == ContactsFormat.CSV);
    }

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
}
