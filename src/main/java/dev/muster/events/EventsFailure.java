package dev.muster.events;

import static java.util.Objects.requireNonNull;

/**
 * Something that the run could not do.
 *
 * @param what what was attempted, on what
 * @param code the error's short stable name
 * @param message why, and what to do
 */
public record EventsFailure(String what, String code, String message) {
    /** Code of messages that a drain has left on the queue: it could receive, but not these. */
    public static final String NOT_DRAINED = "NotDrained";

    public EventsFailure {
        requireNonNull(what, "what is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
