package dev.muster.aws;

import static java.util.stream.Collectors.joining;

import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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
        List<URI> endpoints = Stream.concat(settings.endpoint().stream(), settings.endpoints().values().stream())
                .distinct()
                .toList();
        return switch (endpoints.size()) {
            case 0 -> "; check the network and the region";
            case 1 -> "; check the endpoint " + endpoints.get(0);
            default ->
                endpoints.stream().map(URI::toString).sorted().collect(joining(" and ", "; check the endpoints ", ""));
        };
    }
}
