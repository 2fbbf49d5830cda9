package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

/**
 * A line, or part of one, that cannot be carried out.
 *
 * @param line its number, from 1
 * @param reason what is wrong, and what to do where that is not plain
 */
public record InvalidLine(int line, String reason) {
    public InvalidLine {
        requireNonNull(reason, "reason is null");
    }

    /** For people. */
    public String sentence() {
        return "line " + line + ": " + reason;
    }
}
