package dev.muster.aws;

import static java.util.stream.Collectors.joining;

import dev.muster.aws.ErrorClassifier.PlainText;
import dev.muster.aws.ErrorClassifier.Reason;
import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/** Classifies failures of the way to a service. All may pass by themselves. */
final class ConnectionErrors {
    private ConnectionErrors() {}

    /** The reason, if the error is about the way; empty if it is about something else. */
    static Optional<Reason> of(Throwable error, AwsSettings settings) {
        Optional<Reason> tls = TlsErrors.of(error, advice(settings));
        if (tls.isPresent()) {
            return tls;
        }
        for (Throwable at = error; at != null; at = at.getCause()) {
            Optional<Reason> reason = reason(at, settings);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> reason(Throwable error, AwsSettings settings) {
        if (error instanceof UnknownHostException) {
            return transientReason("UnknownHost", "no such host: " + host(error) + advice(settings));
        } else if (error instanceof ConnectException) {
            return transientReason("ConnectionRefused", "no connection: " + plain(error) + advice(settings));
        } else if (isTimeout(error)) {
            return transientReason("Timeout", "no answer in time" + advice(settings));
        } else if (error instanceof XMLStreamException) {
            return transientReason("MalformedAnswer", "the server's answer is cut short or no XML");
        } else if (isUnreadableJson(error)
                || String.valueOf(error.getMessage()).startsWith("Unable to unmarshall response")) {
            return transientReason("MalformedAnswer", "the server's answer is cut short or no JSON of this operation");
        } else if (error instanceof IOException || error instanceof AbortedException) {
            return transientReason("ConnectionBroken", "the connection broke: " + plain(error));
        }
        return Optional.empty();
    }

    private static boolean isTimeout(Throwable error) {
        return error instanceof SocketTimeoutException
                || error instanceof TimeoutException
                || error instanceof ApiCallTimeoutException
                || error instanceof ApiCallAttemptTimeoutException
                || (error instanceof IOException
                        && String.valueOf(error.getMessage()).contains("timed out"));
    }

    /** The SDK's parser, or what the SDK says where a value is of another kind than the operation's. */
    private static boolean isUnreadableJson(Throwable error) {
        return error instanceof JsonProcessingException
                || (error instanceof IOException
                        && String.valueOf(error.getMessage()).matches("(?s)unexpected (JSON )?token.*"));
    }

    private static Optional<Reason> transientReason(String code, String text) {
        return Optional.of(new Reason(Kind.TRANSIENT, code, text));
    }

    /** Java's message is the name alone, or what the system says of it. */
    private static String host(Throwable error) {
        return String.valueOf(error.getMessage()).split(":", 2)[0];
    }

    /** The message without names of classes and what only programmers read. */
    private static String plain(Throwable error) {
        return PlainText.of(error)
                .replaceFirst("^Connect to (\\S+?):(\\d+) \\[.*?] failed: ", "$1:$2: ")
                .replaceFirst("^(.*): (\\S+?)/(\\S+?):(\\d+)$", "$2:$4: $1");
    }

    private static String advice(AwsSettings settings) {
        Stream<String> endpoints = settings.endpointsInForce()
                .distinct()
                .map(url -> "the endpoint " + url)
                .sorted();
        Stream<String> proxies = ProxyVariables.of(settings.environment())
                .servers()
                .map(proxy -> "the proxy " + proxy + " of " + proxy.source());
        String checked = Stream.concat(endpoints, proxies).collect(joining(" and "));
        return checked.isEmpty() ? "; check the network and the region" : "; check " + checked;
    }
}
