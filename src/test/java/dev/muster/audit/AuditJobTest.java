package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class AuditJobTest {
    /** A directory bucket is seen from its own region only, any other bucket from everywhere. */
    @Test
    void anAuditOfDirectoryBucketsIsAnotherOneInEachRegion() {
        assertThat(arguments("us-east-1", true)).isNotEqualTo(arguments("eu-west-1", true));
        assertThat(arguments("us-east-1", false)).isEqualTo(arguments("eu-west-1", false));
    }

    private static SortedMap<String, String> arguments(String region, boolean directoryBuckets) {
        AuditScope scope = new AuditScope(
                "111111111111",
                Optional.empty(),
                List.of(),
                BucketFilter.ALL,
                "",
                false,
                false,
                directoryBuckets,
                Duration.ofSeconds(1));
        try (AwsClients clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys("key", "secret", Optional.empty())),
                Optional.of(region),
                Optional.empty(),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                1))) {
            return AuditJob.of("audit", scope, PracticeAudit.ALL_LISTS, clients, Map.of(), ProfileStore.NONE)
                    .arguments();
        }
    }
}
