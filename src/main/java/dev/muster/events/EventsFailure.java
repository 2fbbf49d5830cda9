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
    public EventsFailure {
        requireNonNull(what, "what is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
