package dev.muster.aws;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** This machine's clock, corrected by the time that a service reports when it refuses a signature. Thread-safe. */
public final class SigningClock implements Supplier<Clock> {
    /** Services tolerate 15 minutes; a smaller difference than this comes from transmission and rounding to seconds. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final Clock own;
    private volatile Clock corrected;

    SigningClock(Clock own) {
        this.own = own;
        this.corrected = own;
    }

    @Override
    public Clock get() {
        return corrected;
    }

    /** Takes the time from an error's answer, if it has one; a small difference is ignored. */
    void learn(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof AwsServiceException service && service.awsErrorDetails() != null) {
                learn(service.awsErrorDetails());
            }
        }
    }

    private void learn(AwsErrorDetails details) {
        if (details.sdkHttpResponse() != null) {
            details.sdkHttpResponse().firstMatchingHeader("Date").ifPresent(this::learn);
        }
    }

    private void learn(String date) {
        try {
            Duration offset = Duration.between(own.instant(), Instant.from(RFC_1123_DATE_TIME.parse(date)));
            corrected = offset.abs().compareTo(LEAST) < 0 ? own : Clock.offset(own, offset);
        } catch (DateTimeException e) {
            corrected = own;
        }
    }
}
