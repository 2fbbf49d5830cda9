package dev.muster.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.engine.limit.RateLimiter.Quota;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In virtual time: each test goes from token to token as they fall due. */
class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;

    @Test
    void aQuotaIsUsedInFullAndNeverExceeded() {
        RateLimiter budget = new RateLimiter(Optional.of(new Quota(10, 15)), 0);

        assertThat(takenUntil(budget, 100 * SECOND)).isBetween(1000, 15 + 1000);
    }

    @Test
    void aBurstWaitsToBeEarnedAnew() {
        RateLimiter budget = new RateLimiter(Optional.of(new Quota(10, 15)), 0);

        int burst = takenAt(budget, 0);
        assertThat(burst).isBetween(10, 15);
        assertThat(takenAt(budget, SECOND / 2)).isEqualTo(5);
        assertThat(takenAt(budget, 60 * SECOND)).isEqualTo(burst);
    }

    @Test
    void aThrottledQuotaDipsAndClimbsBackToItButNotPast() {
        RateLimiter budget = new RateLimiter(Optional.of(new Quota(10, 15)), 0);
        now = 10 * SECOND;

        budget.throttled(now);

        assertThat(budget.perSecond()).isBetween(7.0, 9.9);
        assertThat(budget.tryTake(now)).isTrue();
        assertThat(budget.tryTake(now)).as("the burst is gone").isFalse();
        int taken = takenUntil(budget, now + 100 * SECOND);
        assertThat(budget.perSecond()).isEqualTo(10, within(1e-9));
        assertThat(taken).isBetween(990, 1000);
    }

    @Test
    void triesThrottledTogetherCountAsOne() {
        RateLimiter once = new RateLimiter(Optional.of(new Quota(10, 15)), 0);
        RateLimiter often = new RateLimiter(Optional.of(new Quota(10, 15)), 0);

        once.throttled(0);
        for (int i = 0; i < 15; i++) {
            often.throttled(i);
        }

        assertThat(often.perSecond()).isLessThan(10).isEqualTo(once.perSecond(), within(1e-6));
    }

    @Test
    void howeverOftenThrottledABudgetNeverStops() {
        RateLimiter quota = new RateLimiter(Optional.of(new Quota(10, 15)), 0);
        RateLimiter open = new RateLimiter(Optional.empty(), 0);
        for (int second = 0; second < 1_000; second++) {
            quota.throttled(second * SECOND);
            open.throttled(second * SECOND);
        }
        now = 1_000 * SECOND;

        assertThat(takenUntil(quota, 1_100 * SECOND)).isPositive();
        now = 1_000 * SECOND;
        assertThat(takenUntil(open, 1_100 * SECOND)).isPositive();
    }

    @Test
    void withoutAQuotaItIsOpenUntilItIsThrottledAndThenStaysBelowWhatItHadReached() {
        RateLimiter budget = new RateLimiter(Optional.empty(), 0);
        for (int i = 0; i <= 1_000; i++) {
            now = i * SECOND / 100;
            assertThat(budget.tryTake(now)).isTrue();
        }

        budget.throttled(now);

        assertThat(budget.perSecond()).isBetween(80.0, 90.0);
        assertThat(takenUntil(budget, now + 2 * SECOND)).isBetween(170, 205);
    }

    @Test
    void withoutAQuotaItClimbsUntilItIsThrottledAgain() {
        RateLimiter budget = new RateLimiter(Optional.empty(), 0);
        for (int i = 0; i <= 1_000; i++) {
            now = i * SECOND / 100;
            budget.tryTake(now);
        }
        budget.throttled(now);
        double dipped = budget.perSecond();

        takenUntil(budget, now + 2 * SECOND);
        assertThat(budget.perSecond()).as("back at what was reached").isBetween(95.0, 105.0);
        takenUntil(budget, now + 8 * SECOND);
        assertThat(budget.perSecond()).isGreaterThan(1.5 * dipped);

        double climbed = budget.perSecond();
        budget.throttled(now);
        assertThat(budget.perSecond()).isLessThan(climbed);
    }

    @Test
    void aRefusalOfTheVeryFirstRequestIsForgottenWithinSeconds() {
        RateLimiter budget = new RateLimiter(Optional.empty(), 0);
        assertThat(budget.tryTake(0)).isTrue();
        now = SECOND / 20;
        budget.throttled(now);

        assertThat(budget.perSecond()).isLessThan(5);
        takenUntil(budget, now + 20 * SECOND);

        assertThat(budget.perSecond()).isGreaterThan(100);
    }

    @Test
    void aTokenIsThereWhenItWasSaidToBeDue() {
        RateLimiter budget = new RateLimiter(Optional.of(new Quota(3, 1)), 0);
        for (int i = 0; i < 10_000; i++) {
            long due = budget.availableAt(now);
            assertThat(due).isGreaterThanOrEqualTo(now);
            now = due;
            assertThat(budget.tryTake(now)).as("token %s at %s", i, now).isTrue();
        }
    }

    private static int takenAt(RateLimiter budget, long time) {
        int taken = 0;
        while (budget.tryTake(time)) {
            taken++;
        }
        return taken;
    }

    /** Takes every token as soon as it is due, up to a time. */
    private int takenUntil(RateLimiter budget, long end) {
        int taken = 0;
        while (now <= end) {
            if (budget.tryTake(now)) {
                taken++;
            } else {
                now = budget.availableAt(now);
            }
        }
        now = end;
        return taken;
    }
}
