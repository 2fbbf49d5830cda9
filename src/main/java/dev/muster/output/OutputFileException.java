package dev.muster.output;

/** A report could not be written to its file. The message is a sentence for people that says what to do. */
public final class OutputFileException extends RuntimeException {
    OutputFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
