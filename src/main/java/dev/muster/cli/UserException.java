package dev.muster.cli;

/** An error that ends the command with one line on stderr: what was attempted, why it failed, what to do. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String advice;

    public UserException(int exitCode, String message) {
        this(exitCode, message, null);
    }

    public UserException(int exitCode, String message, Throwable cause) {
        this(exitCode, message, cause, "");
    }

    private UserException(int exitCode, String message, Throwable cause, String advice) {
        super(message, cause);
        this.exitCode = exitCode;
        this.advice = advice;
    }

    /** The same error, followed by a line of advice. */
    public UserException advising(String line) {
        return new UserException(exitCode, getMessage(), this, line);
    }

    /** Advice in a line of its own; empty if there is none. */
    String advice() {
        return advice;
    }

    public int exitCode() {
        return exitCode;
    }
}
