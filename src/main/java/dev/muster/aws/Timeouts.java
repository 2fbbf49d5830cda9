package dev.muster.aws;

import java.time.Duration;

/**
 * Timeouts for a service; all positive.
 *
 * @param connect until the connection stands, TLS included
 * @param read until the first byte of an answer, and from one byte to the next
 * @param request for a whole request and its answer
 */
public record Timeouts(Duration connect, Duration read, Duration request) {
    /** 5, 20 and 60 seconds. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60));

    public Timeouts {
        requirePositive(connect, "connect");
        requirePositive(read, "read");
        requirePositive(request, "request");
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " timeout is not positive: " + duration);
        }
    }
}
