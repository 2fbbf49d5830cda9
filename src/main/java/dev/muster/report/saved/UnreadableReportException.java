package dev.muster.report.saved;

/** A file is no report of an audit, or cannot be read. The message says why and what to do. */
public final class UnreadableReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
