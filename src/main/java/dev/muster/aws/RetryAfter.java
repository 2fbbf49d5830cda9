package dev.muster.aws;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The header <a href="https://www.rfc-editor.org/rfc/rfc9110#name-retry-after">Retry-After</a> of an answer: seconds,
 * or a date.
 */
final class RetryAfter {
    private RetryAfter() {}

    /** Milliseconds to wait; 0 if the error's answer does not say, or in an unknown form. */
    static long millis(Throwable error, Instant now) {
        return header(error, "Retry-After")
                .map(text -> millis(text, error, now))
                .orElse(0L);
    }

    /** Tells whether an answer says when to try again. */
    static boolean isIn(AwsServiceException error) {
        return header(error, "Retry-After").isPresent();
    }

    private static long millis(String text, Throwable error, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Long.parseLong(text) * 1000;
        }
        Instant sent = header(error, "Date").flatMap(RetryAfter::date).orElse(now);
        return date(text)
                .map(date -> Math.max(0, date.toEpochMilli() - sent.toEpochMilli()))
                .orElse(0L);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(Throwable error, String name) {
        if (!(error instanceof AwsServiceException service) || service.awsErrorDetails() == null) {
            return Optional.empty();
        }
        SdkHttpResponse answer = service.awsErrorDetails().sdkHttpResponse();
        return Optional.ofNullable(answer)
                .flatMap(response -> response.firstMatchingHeader(name))
                .map(String::strip);
    }
}
