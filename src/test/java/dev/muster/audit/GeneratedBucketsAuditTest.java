package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.stats.ExpectedTally;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GeneratedBucketsAuditTest {
    private static final FaultProfile STORM = FaultProfile.NONE
            .withErrorRate(0.02)
            .withHangRate(0.01)
            .withResetRate(0.02)
            .withTruncationRate(0.02)
            .withShortPageRate(0.2);

    @Test
    void everyLayoutIsCountedExactly() throws Exception {
        Map<String, KeyGenerator> layouts = layouts(20_011);
        try (PracticeCloud cloud = cloud(layouts)) {
            requireExact(audit(cloud, ""), layouts);
        }
    }

    @Test
    void everyLayoutIsCountedExactlyThoughTheServerFailsHangsAndBreaksOff() throws Exception {
        Map<String, KeyGenerator> layouts = layouts(9_001);
        try (PracticeCloud cloud = cloud(layouts)) {
            cloud.faults().seed(20_260_101);
            cloud.faults().set(STORM);

            RunResult<AuditTask, AuditPartial> result = audit(cloud, "");

            requireExact(result, layouts);
            assertThat(result.stats().failed()).as("failed tries").isPositive();
        }
    }

    @Test
    void everyLayoutIsCountedExactlyThoughTheServerThrottles() throws Exception {
        Map<String, KeyGenerator> layouts = layouts(5_003);
        try (PracticeCloud cloud = cloud(layouts)) {
            cloud.faults().seed(20_260_102);
            cloud.faults()
                    .set("s3:ListObjectsV2", FaultProfile.NONE.withErrors(0.25, List.of(ServiceError.slowDown())));

            RunResult<AuditTask, AuditPartial> result = audit(cloud, "");

            requireExact(result, layouts);
            assertThat(result.stats().throttled()).as("throttled tries").isPositive();
        }
    }

    @Test
    void aPrefixNarrowsEveryLayoutExactly() throws Exception {
        Map<String, KeyGenerator> layouts = layouts(3_001);
        String prefix = text(layouts.get("dated").key(1_500)).substring(0, 6);
        try (PracticeCloud cloud = cloud(layouts)) {
            RunResult<AuditTask, AuditPartial> result = audit(cloud, prefix);

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            layouts.forEach((name, keys) -> assertThat(tally(result, name))
                    .as(name)
                    .isEqualTo(ExpectedTally.of(
                            keys, index -> text(keys.key(index)).startsWith(prefix))));
            assertThat(tally(result, "dated").current().objects()).isPositive();
        }
    }

    private static Map<String, KeyGenerator> layouts(long size) {
        Map<String, KeyGenerator> layouts = new LinkedHashMap<>();
        KeyLayouts.byName().forEach((name, make) -> layouts.put(name, make.apply(size)));
        return layouts;
    }

    private static PracticeCloud cloud(Map<String, KeyGenerator> layouts) {
        return PracticeCloud.start(Estate.of(layouts.entrySet().stream()
                .map(layout -> PracticeBucket.of(layout.getKey(), layout.getValue()))
                .toArray(PracticeBucket[]::new)));
    }

    private static RunResult<AuditTask, AuditPartial> audit(PracticeCloud cloud, String prefix) throws Exception {
        try (PracticeAudit audit =
                PracticeAudit.of(cloud, Estate.of(new PracticeBucket[0]).management())) {
            return audit.run(audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, prefix, false, false));
        }
    }

    private static void requireExact(RunResult<AuditTask, AuditPartial> result, Map<String, KeyGenerator> layouts) {
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().failures()).isEmpty();
        assertThat(result.stats().abandoned()).as("abandoned tasks").isZero();
        layouts.forEach((name, keys) -> assertThat(tally(result, name)).as(name).isEqualTo(ExpectedTally.of(keys)));
    }

    private static ObjectTally tally(RunResult<AuditTask, AuditPartial> result, String bucket) {
        String account = Estate.of(new PracticeBucket[0]).management().id();
        return result.summary().buckets().get(new BucketId(account, bucket)).tally();
    }

    private static String text(byte[] key) {
        return ObjectKey.copyOf(key).text();
    }
}
