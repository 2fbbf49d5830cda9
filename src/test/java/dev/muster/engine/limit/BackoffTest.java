package dev.muster.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration BASE = Duration.ofMillis(100);
    private static final Duration CAP = Duration.ofSeconds(20);

    private final Backoff backoff = new Backoff(BASE, CAP);

    @Test
    void delaysAreSpreadEvenlyBelowACeilingThatDoubles() {
        for (int attempt = 1; attempt <= 7; attempt++) {
            long ceiling = BASE.toNanos() << (attempt - 1);

            LongSummaryStatistics delays = delays(attempt);

            assertThat(delays.getMax()).isLessThan(ceiling);
            assertThat(delays.getMax()).isCloseTo(ceiling, withinPercentage(1));
            assertThat(delays.getAverage()).isCloseTo(ceiling / 2.0, withinPercentage(5));
            assertThat(delays.getMin()).isNotNegative();
        }
    }

    @Test
    void noDelayIsLongerThanTheCapHoweverManyAttempts() {
        for (int attempt : new int[] {9, 31, 32, 64, 1_000, Integer.MAX_VALUE}) {
            assertThat(delays(attempt).getMax()).isLessThanOrEqualTo(CAP.toNanos());
            assertThat(delays(attempt).getAverage()).isCloseTo(CAP.toNanos() / 2.0, withinPercentage(5));
        }
    }

    @Test
    void aCapBelowTheBaseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(BASE, BASE.minusNanos(1)));
    }

    private LongSummaryStatistics delays(int attempt) {
        Random random = new Random(attempt);
        return LongStream.generate(() -> backoff.delayNanos(attempt, random))
                .limit(5_000)
                .summaryStatistics();
    }
}
