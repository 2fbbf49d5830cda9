package dev.muster.emulator.server;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A refusal under the code and status that AWS documents for it. */
public final class ServiceError extends RuntimeException {
    private final int status;
    private final String code;
    private final transient Map<String, String> headers;
    private final transient Map<String, String> details;

    public ServiceError(int status, String code, String message) {
        this(status, code, message, Map.of(), Map.of());
    }

    /**
     * @param headers extra headers of the reply
     * @param details extra elements of the error document, such as {@code BucketName}
     */
    public ServiceError(
            int status, String code, String message, Map<String, String> headers, Map<String, String> details) {
        super(requireNonNull(message, "message is null"), null, false, false);
        this.status = status;
        this.code = requireNonNull(code, "code is null");
        this.headers = Map.copyOf(headers);
        this.details = Map.copyOf(details);
    }

    /** Too many requests, in the words of S3; other services translate it. */
    public static ServiceError slowDown() {
        return new ServiceError(503, "SlowDown", "Please reduce your request rate.");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The error code as S3 names it. */
    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Map<String, String> details() {
        return details;
    }

    /** The same refusal under another service's name and status for it. */
    public ServiceError as(int otherStatus, String otherCode) {
        return new ServiceError(otherStatus, otherCode, getMessage(), headers, details);
    }
}
