package dev.muster.report.diff;

import dev.muster.output.Plural;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Linear growth between two audits. */
public final class Growth {
    private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    /** Longest forecast. */
    private static final Duration HORIZON = Duration.ofDays(100 * 365L);

    private Growth() {}

    /** The change per day, rounded half-even; saturates. */
    static long perDay(long change, Duration elapsed) {
        BigDecimal rate = BigDecimal.valueOf(change)
                .multiply(DAY)
                .divide(BigDecimal.valueOf(elapsed.toMillis()), 0, RoundingMode.HALF_EVEN);
        return rate.min(BigDecimal.valueOf(Long.MAX_VALUE))
                .max(BigDecimal.valueOf(-Long.MAX_VALUE))
                .longValueExact();
    }

    /**
     * Instant at which a growing number reaches a limit at the present rate: the second audit's start if it has reached
     * it already; empty if it does not grow, or reaches it only after a hundred years.
     */
    static Optional<Instant> reaches(long limit, long now, long change, Duration elapsed, Instant from) {
        if (now >= limit) {
            return Optional.of(from);
        } else if (change <= 0) {
            return Optional.empty();
        }
        BigDecimal millis = BigDecimal.valueOf(limit)
                .subtract(BigDecimal.valueOf(now))
                .multiply(BigDecimal.valueOf(elapsed.toMillis()))
                .divide(BigDecimal.valueOf(change), 0, RoundingMode.CEILING);
        return millis.compareTo(BigDecimal.valueOf(HORIZON.toMillis())) > 0
                ? Optional.empty()
                : Optional.of(from.plusMillis(millis.longValueExact()));
    }

    /** Instant at which the bytes of the estate reach a limit. */
    public static Optional<Instant> reaches(long limit, ReportDiff diff) {
        Long now = diff.after().total().bytes();
        return now == null || diff.total().bytes().isEmpty()
                ? Optional.empty()
                : reaches(
                        limit,
                        now,
                        diff.total().bytes().getAsLong(),
                        diff.elapsed(),
                        diff.after().startedAt());
    }

    /** When the bytes of the estate reach a limit, in words that follow "the limit of 10 TB". */
    static String forecast(long limit, ReportDiff diff) {
        if (diff.total().bytes().isEmpty()) {
            return "cannot be compared: the total is not known";
        }
        Optional<Instant> at = reaches(limit, diff);
        if (at.isEmpty()) {
            return "is not reached at this pace";
        }
        Duration left = Duration.between(diff.after().startedAt(), at.get());
        return left.isZero()
                ? "is reached already"
                : "is reached on " + at.get().toString().substring(0, 10) + " at this pace (in " + days(left) + ")";
    }

    /** A time in whole days, or in minutes if it is shorter than a day. */
    static String days(Duration duration) {
        long days = duration.toDays();
        return days > 0 ? Plural.counted(days, "day") : Plural.counted(Math.max(1, duration.toMinutes()), "minute");
    }
}
