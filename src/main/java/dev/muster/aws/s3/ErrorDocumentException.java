package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

/**
 * The service answered with an <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">error document</a> where a page was
 * expected.
 */
public final class ErrorDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;
    private final String requestId;

    ErrorDocumentException(String code, String text, String requestId) {
        super(code + ": " + text);
        this.code = requireNonNull(code, "code is null");
        this.text = requireNonNull(text, "text is null");
        this.requestId = requireNonNull(requestId, "requestId is null");
    }

    /** The service's name for the error, such as {@code SlowDown}; empty if it gave none. */
    public String code() {
        return code;
    }

    /** Message of the service, for people; empty if there is none. */
    public String text() {
        return text;
    }

    /** The request's id; empty if the service gave none. */
    public String requestId() {
        return requestId;
    }
}
