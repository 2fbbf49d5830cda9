package dev.muster.contacts.output;

import static java.util.Objects.requireNonNull;

/**
 * View of contacts.
 *
 * @param pivot one row per account instead of one per contact
 * @param full with account name, name, title and phone
 * @param primary with the fields of GetContactInformation
 * @param sort whether rows are in order of account and type instead of arrival
 * @param redact whether the local parts of addresses are masked, as well as names, phones and postal addresses
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

    /** Format in which contacts are written. */
    public enum ContactsFormat {
        /** One JSON object per line, with the same bytes as Python's {@code json.dumps}. */
        JSONL,
        /** One JSON array. */
        JSON,
        /** RFC 4180, with a header. */
        CSV,
        /** A table for people. */
        TABLE,
        /** A page for a browser, with a row an account. */
        HTML
    }
}
