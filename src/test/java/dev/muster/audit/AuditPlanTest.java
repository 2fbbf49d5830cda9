package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.profile.ProfileStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";

    @Test
    void anAccountGivenTwiceIsAuditedOnce() {
        AuditScope scope = new AuditScope(
                ONE,
                Optional.of("Audit"),
                List.of(TWO, ONE, TWO),
                BucketFilter.ALL,
                "",
                false,
                false,
                false,
                Duration.ofSeconds(1));

        assertThat(new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE).seeds())
                .containsExactly(
                        new AuditTask.ListBuckets(TWO, Optional.empty(), 0),
                        new AuditTask.ListBuckets(ONE, Optional.empty(), 0));
    }
}
