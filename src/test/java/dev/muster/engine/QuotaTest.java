package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.QuotaSimulation.Result;
import dev.muster.engine.QuotaSimulation.Service;
import dev.muster.engine.limit.RateLimiter.Quota;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Use of a documented quota, in virtual time: fully, and hardly ever overrun. */
class QuotaTest {
    private static final int REQUESTS = 3_000;

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aQuotaOfOurOwnIsUsedUpAndHardlyEverOverrun(@ForAll long seed) {
        Quota quota = new Quota(10, 15);

        Result result = QuotaSimulation.run(REQUESTS, new Service(quota, 0, 0, 0), seed);

        assertThat(result.completed()).isEqualTo(REQUESTS);
        assertThat(result.seconds()).isLessThan(1.01 * ideal(quota, REQUESTS));
        assertThat(result.overQuota()).isLessThanOrEqualTo(REQUESTS / 1000);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void refusalsAtRandomCostTheirOwnRequestsAndLittleElse(@ForAll long seed) {
        Quota quota = new Quota(10, 15);

        Result result = QuotaSimulation.run(REQUESTS, new Service(quota, 0.3, 0.05, 0), seed);

        assertThat(result.completed()).isEqualTo(REQUESTS);
        assertThat(result.seconds()).isLessThan(1.05 * ideal(quota, result.tries()));
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aQuotaThatOthersUseTooIsSharedWithoutInsisting(@ForAll long seed) {
        Quota quota = new Quota(10, 15);

        Result result = QuotaSimulation.run(REQUESTS, new Service(quota, 0, 0, 7), seed);

        assertThat(result.completed()).isEqualTo(REQUESTS);
        assertThat(result.seconds()).isLessThan(1.05 * ideal(new Quota(3, 15), REQUESTS));
        assertThat(result.overQuota()).isLessThan((long) (1.3 * REQUESTS));
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aSmallQuotaIsUsedUpToo(@ForAll long seed) {
        Quota quota = new Quota(3, 3);

        Result result = QuotaSimulation.run(300, new Service(quota, 0, 0, 0), seed);

        assertThat(result.completed()).isEqualTo(300);
        assertThat(result.seconds()).isLessThan(1.05 * ideal(quota, 300));
    }

    /** Seconds that so many requests take at best. */
    private static double ideal(Quota quota, long requests) {
        return (requests - quota.burst()) / quota.perSecond();
    }
}
