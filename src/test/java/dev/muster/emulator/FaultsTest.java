package dev.muster.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.server.Gateway.FaultDecision;
import dev.muster.emulator.server.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Faults faults = new Faults(nanos::get);

    @Test
    void underOneSeedTheSameFatesAreDrawn() {
        faults.set(FaultProfile.NONE
                .withLatency(new Latency(Duration.ofMillis(10), 0.5, 0.1, Duration.ofSeconds(1)))
                .withErrorRate(0.3)
                .withHangRate(0.1)
                .withResetRate(0.1)
                .withShortPageRate(0.1));
        faults.seed(7);
        List<FaultDecision> first = draw(100);
        faults.seed(7);
        assertThat(draw(100)).isEqualTo(first);
        faults.seed(8);
        assertThat(draw(100)).isNotEqualTo(first);
    }

    @Test
    void ratesAreSharesOfTheRequests() {
        faults.set(FaultProfile.NONE.withErrorRate(0.25).withHangRate(0.5));
        List<FaultDecision> fates = draw(10_000);
        assertThat(fates.stream().filter(fate -> fate.refusal().isPresent()).count())
                .isBetween(2_350L, 2_650L);
        assertThat(fates.stream().filter(FaultDecision::hangs).count()).isBetween(4_800L, 5_200L);
    }

    @Test
    void theSlowTailIsAsLongAndAsThickAsSaid() {
        faults.set(FaultProfile.NONE.withLatency(new Latency(Duration.ofMillis(50), 0.2, 0.05, Duration.ofSeconds(3))));
        List<Duration> delays = draw(10_000).stream().map(FaultDecision::delay).toList();
        assertThat(delays.stream().filter(delay -> delay.toMillis() > 1000).count())
                .isBetween(400L, 600L);
        assertThat(delays.stream().filter(delay -> delay.toMillis() <= 1000))
                .allMatch(delay -> delay.toMillis() >= 40 && delay.toMillis() <= 60);
    }

    @Test
    void aRateLimitThrottlesEachPrefixForItself() {
        faults.set(FaultProfile.NONE.withRateLimit(10, 3));
        assertThat(throttledOf(5, "bucket/a/")).isEqualTo(2);
        assertThat(throttledOf(5, "bucket/b/")).isEqualTo(2);
        nanos.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(throttledOf(5, "bucket/a/")).isEqualTo(3);
    }

    @Test
    void anOperationsFaultsHavePrecedenceOverItsServices() {
        ServiceError conflict = new ServiceError(409, "ConditionalRequestConflict", "conflict");
        faults.set(FaultProfile.NONE.withHangRate(1));
        faults.set("s3", FaultProfile.NONE);
        faults.set("s3:PutObject", FaultProfile.NONE.withErrors(1, List.of(conflict)));
        assertThat(faults.draw("s3", "PutObject", "").refusal()).containsSame(conflict);
        assertThat(faults.draw("s3", "GetObject", "")).isEqualTo(FaultDecision.KIND);
        assertThat(faults.draw("sts", "AssumeRole", "").hangs()).isTrue();
        faults.clear();
        assertThat(faults.draw("s3", "PutObject", "")).isEqualTo(FaultDecision.KIND);
    }

    private List<FaultDecision> draw(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> faults.draw("s3", "ListObjectsV2", "bucket/"))
                .toList();
    }

    private long throttledOf(int count, String limited) {
        return IntStream.range(0, count)
                .mapToObj(i -> faults.draw("s3", "ListObjectsV2", limited))
                .filter(fate -> fate.refusal().isPresent())
                .count();
    }
}
