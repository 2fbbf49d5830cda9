package dev.muster.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In virtual time: so many tasks are always under way, and the service takes so many seconds for each. */
class HillClimbingLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final HillClimbingLimit limit = new HillClimbingLimit();
    private long begunAt;
    private long now;

    @BeforeEach
    void begin() {
        limit.workers(1_000);
        beginAt(12_345 * SECOND);
    }

    @Test
    void itDoublesWithEachRoundTripWhileThatBringsMore() {
        round(0.1);
        assertThat(limit.current()).isEqualTo(128);
        round(0.1);
        assertThat(limit.current()).isEqualTo(256);
        round(0.1);
        assertThat(limit.current()).isEqualTo(512);
    }

    @Test
    void itNeverExceedsTheWorkers() {
        limit.workers(100);
        assertThat(limit.current()).isEqualTo(64);

        rounds(20, inFlight -> 0.1);

        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void whatIsMoreButBringsNothingIsTakenBack() {
        round(0.1);
        round(0.2);

        assertThat(limit.current()).as("as fast with 64 as with 128").isEqualTo(64);
    }

    @Test
    void aClockMayBeginBelowZero() {
        beginAt(-12_345 * SECOND);

        round(0.1);
        round(0.1);

        assertThat(limit.current()).isEqualTo(256);
    }

    @Test
    void whatNothingIsLostWithoutIsGivenUp() {
        rounds(400, inFlight -> inFlight / 500.0 + 0.0005 * inFlight);

        assertThat(limit.current()).isLessThan(32);
    }

    @Test
    void itClimbsOnWhereAServiceBearsMoreThanItDid() {
        rounds(20, inFlight -> 0.1 * Math.max(1, inFlight / 64.0));
        assertThat(limit.current()).isBetween(40, 100);

        rounds(200, inFlight -> 0.1 * Math.max(1, inFlight / 400.0));

        assertThat(limit.current()).isBetween(300, 700);
    }

    @Test
    void refusedGrowthIsTakenBackAndTheRampIsOver() {
        round(0.1);
        limit.throttled(now);
        round(0.1);
        assertThat(limit.current()).isBetween(64, 127);

        round(0.1);
        round(0.1);
        assertThat(limit.current()).isLessThan(128);
    }

    @Test
    void whileWorkLacksItNeitherGrowsNorFalls() {
        for (int i = 0; i < 2_000; i++) {
            now += SECOND / 100;
            limit.succeeded(SECOND / 10, 10, now);
        }

        assertThat(limit.current()).isEqualTo(64);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void whateverItHearsItStaysBetweenAFewAndTheWorkers(@ForAll long seed) {
        Random random = new Random(seed);
        HillClimbingLimit any = new HillClimbingLimit();
        int workers = 1 + random.nextInt(300);
        any.workers(workers);
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(10) * SECOND / 100;
            if (random.nextInt(1_000) == 0) {
                workers = 1 + random.nextInt(300);
                any.workers(workers);
            }
            if (random.nextInt(20) == 0) {
                any.throttled(now);
            } else {
                any.succeeded(random.nextInt(1_000_000_000), 1 + random.nextInt(workers), now);
            }
            assertThat(any.current()).isBetween(Math.min(4, workers), workers);
            assertThat(any.soon()).isGreaterThanOrEqualTo(any.current());
        }
    }

    private void rounds(int count, IntToDoubleFunction latency) {
        for (int i = 0; i < count; i++) {
            round(latency.applyAsDouble(limit.current()));
        }
    }

    /** First time of the clock, which means nothing, as with {@link System#nanoTime()}. */
    private void beginAt(long time) {
        begunAt = time;
        now = time;
    }

    /** As many tasks as are allowed at its beginning end one by one. */
    private void round(double seconds) {
        int inFlight = limit.current();
        long nanos = (long) (seconds * SECOND);
        for (int i = 0; i < inFlight; i++) {
            now += nanos / inFlight;
            limit.succeeded(Math.min(nanos, now - begunAt), inFlight, now);
        }
    }
}
