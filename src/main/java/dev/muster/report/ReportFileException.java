package dev.muster.report;

/** A report could not be written to its file. The message is a sentence for people that says what to do. */
public final class ReportFileException extends RuntimeException {
    ReportFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
