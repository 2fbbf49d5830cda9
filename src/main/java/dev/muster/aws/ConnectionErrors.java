package dev.muster.aws;

import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Classifies failures of the way to a service. All may pass by themselves. */
final class ConnectionErrors {
    private ConnectionErrors() {}

    /** The reason, if the error is about the way; empty if it is about something else. */
    static Optional<Reason> of(Throwable error, AwsSettings settings) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            Optional<Reason> reason = reason(at, settings);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> reason(Throwable error, AwsSettings settings) {
        String detail = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        if (error instanceof UnknownHostException) {
            return transientReason("UnknownHost", "no such host: " + detail + advice(settings));
        } else if (error instanceof ConnectException) {
            return transientReason("ConnectionRefused", detail + advice(settings));
        } else if (isTimeout(error)) {
            return transientReason("Timeout", "no answer in time" + advice(settings));
        } else if (error instanceof SSLException) {
            return transientReason("TlsFailure", detail + advice(settings));
        } else if (error instanceof XMLStreamException) {
            return transientReason("MalformedAnswer", "the server's answer is cut short or no XML");
        } else if (error instanceof IOException || error instanceof AbortedException) {
            return transientReason("ConnectionBroken", "the connection broke: " + detail);
        }
        return Optional.empty();
    }

    private static boolean isTimeout(Throwable error) {
        return error instanceof SocketTimeoutException
                || error instanceof TimeoutException
                || error instanceof ApiCallTimeoutException
                || error instanceof ApiCallAttemptTimeoutException;
    }

    private static Optional<Reason> transientReason(String code, String text) {
        return Optional.of(new Reason(Kind.TRANSIENT, code, text));
    }

    private static String advice(AwsSettings settings) {
        return settings.endpoint()
                .map(endpoint -> "; check the endpoint " + endpoint)
                .orElse("; check the network and the region");
    }
}
