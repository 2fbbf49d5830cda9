package dev.muster.events.message;

/** A message no line can be made of; its message is the reason, without any of the content. */
public final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableMessageException(String reason) {
        super(reason);
    }

    UnreadableMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
