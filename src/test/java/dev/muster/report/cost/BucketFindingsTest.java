package dev.muster.report.cost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.audit.BucketId;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.stats.PageTally;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.ObjectKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;

class BucketFindingsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final long GB = 1L << 30;
    private static final BigDecimal NOTHING = new BigDecimal("0.000000001");

    @Test
    void staleUploadsCostWhatTheirPartsCostInStandard() {
        Finding finding = only(found(page -> {
            page.upload(ObjectKey.of("new"), ago(6));
            page.uploadedParts(ObjectKey.of("new"), 5 * GB, ago(6));
            page.upload(ObjectKey.of("stale"), ago(7));
            page.uploadedParts(ObjectKey.of("stale"), 2 * GB, ago(7));
        }));

        assertThat(finding.kind()).isEqualTo("incomplete_uploads");
        assertThat(finding.count()).isEqualTo(1);
        assertThat(finding.bytes()).isEqualTo(2 * GB);
        assertThat(finding.perMonth()).isCloseTo(new BigDecimal("0.046"), within(NOTHING));
        assertThat(rule(finding)).containsEntry("AbortIncompleteMultipartUpload", Map.of("DaysAfterInitiation", 7));
    }

    @Test
    void noncurrentVersionsCostWhatTheirClassBills() {
        Finding finding = only(found(page -> {
            for (int i = 0; i < 8192; i++) {
                page.noncurrentVersion(key("k"), 1, 1, "STANDARD_IA");
            }
            page.noncurrentVersion(key("k"), 1, GB, "STANDARD");
        }));

        assertThat(finding.kind()).isEqualTo("noncurrent_versions");
        assertThat(finding.count()).isEqualTo(8193);
        assertThat(finding.perMonth()).isCloseTo(new BigDecimal("0.0355"), within(NOTHING)); // 0.0125 + 0.023
        assertThat(rule(finding)).containsEntry("NoncurrentVersionExpiration", Map.of("NoncurrentDays", 30));
    }

    @Test
    void smallObjectsAreFoundWhereStandardIsCheaper() {
        Finding finding = only(found(page -> {
            objects(page, 8192, 1024, 1, "STANDARD_IA"); // billed as 1 GB, 0.0125; 8 MB of STANDARD are 0.0001796875
            objects(page, 10, 100 * 1024, 1, "GLACIER_IR"); // 128 KB there cost less than 100 KB of STANDARD
            objects(page, 10, 100 * 1024, 1, "DEEP_ARCHIVE"); // so do 132 KB and 8 KB of STANDARD
        }));

        assertThat(finding.kind()).isEqualTo("small_objects");
        assertThat(finding.title()).isEqualTo("Objects below 128 KB in STANDARD_IA");
        assertThat(finding.perMonth()).isCloseTo(new BigDecimal("0.0123203125"), within(NOTHING));
        assertThat(rule(finding)).containsEntry("Filter", Map.of("ObjectSizeGreaterThan", 131071L));
    }

    @Test
    void unmodifiedObjectsMayMoveWhereThatPaysWithinAYear() {
        Finding finding = only(found(page -> {
            objects(page, 1000, GB, 90, "STANDARD");
            objects(page, 1000, GB, 89, "STANDARD");
            objects(page, 1000, 1024, 900, "STANDARD"); // small ones cost more elsewhere
        }));

        assertThat(finding.kind()).isEqualTo("cold_objects");
        assertThat(finding.title()).isEqualTo("STANDARD objects not modified for 90 days, to GLACIER_IR");
        assertThat(finding.bytes()).isEqualTo(1000 * GB);
        assertThat(finding.perMonth()).isCloseTo(new BigDecimal("19"), within(NOTHING)); // 23.00 - 4.00
        // the move costs 0.02; an object that leaves earlier is billed for three months: (0.02 + 3 x 4.00) / 23.00
        assertThat(finding.note()).isEqualTo("pays after 0.6 months; move 0.02");
        assertThat(rule(finding))
                .containsEntry("Transitions", List.of(Map.of("Days", 90, "StorageClass", "GLACIER_IR")));
    }

    @Test
    void aMoveOfManyObjectsPaysLaterAndMayGoToAnotherClass() {
        Finding finding = only(found(page -> objects(page, 10_000, 140_000, 100, "STANDARD")));

        // 1.3039 GB: STANDARD 0.029989, GLACIER_IR 0.005215 and a move of 0.20, STANDARD_IA 0.016298 and a move of
        // 0.10;
        // in a year they save 0.0973 and 0.0643; the first pays after 0.20 / 0.024774
        assertThat(finding.title()).endsWith("to GLACIER_IR");
        assertThat(finding.note()).isEqualTo("pays after 8.1 months; move 0.20");
    }

    @Test
    void expiredMarkersAreCountedAtLeast() {
        BilledBucket bucket = bucket(page -> {}, 3);

        Finding finding = only(new EstateCost(SampleBuckets.TERMS, List.of(bucket), 0).findings());

        assertThat(finding.kind()).isEqualTo("expired_delete_markers");
        assertThat(finding.count()).isEqualTo(3);
        assertThat(finding.note()).isEqualTo("at least");
        assertThat(rule(finding)).containsEntry("Expiration", Map.of("ExpiredObjectDeleteMarker", true));
    }

    @Test
    void aBucketIsEmptyOnlyIfEverythingWasCounted() {
        BilledBucket bucket = bucket(page -> {}, 0);
        CostTerms withoutVersions = new CostTerms(SampleBuckets.TERMS.prices(), "", "", false, true, false);

        assertThat(new EstateCost(SampleBuckets.TERMS, List.of(bucket), 0).findings())
                .extracting(Finding::kind)
                .containsExactly("empty_buckets");
        assertThat(new EstateCost(withoutVersions, List.of(bucket), 0).findings())
                .isEmpty();
    }

    @Test
    void prefixesOfASingleObjectAreThoseThatAreNamed() {
        Finding finding = only(found(page -> {
            object(page, "a/1", 1, 1, "STANDARD");
            object(page, "b/1", 1, 1, "STANDARD");
            object(page, "b/2", 1, 1, "STANDARD");
            object(page, "c/x/1", 1, 1, "STANDARD");
        }));

        assertThat(finding.kind()).isEqualTo("single_object_prefixes");
        assertThat(finding.count()).isEqualTo(2);
        assertThat(finding.lifecycle()).isNull();
    }

    @Test
    void aFilterAllowsNoFinding() {
        CostTerms filtered = new CostTerms(SampleBuckets.TERMS.prices(), "", "", true, true, true);

        EstateCost cost = new EstateCost(filtered, List.of(bucket(page -> {}, 3)), 0);

        assertThat(cost.findings()).isEmpty();
        assertThat(cost.notes()).contains("No findings: only some of the objects were counted.");
    }

    @Test
    void everyRuleIsOneThatTheServiceTakesAndKeepsToThePrefix() {
        for (String prefix : List.of("", "logs/")) {
            LifecycleRule rules = new LifecycleRule(prefix);
            List<Map<String, Object>> all = List.of(
                    rules.abortUploads(7),
                    rules.expireNoncurrent(30),
                    rules.expireMarkers(),
                    rules.transition(90, "GLACIER_IR"));
            for (Map<String, Object> configuration : all) {
                assertTakes(BucketLifecycleConfiguration.builder().build().sdkFields(), configuration);
                assertThat(configuration.toString().contains("Prefix=logs/")).isEqualTo(!prefix.isEmpty());
            }
        }
    }

    /** Names and types are those of the service's model. */
    private static void assertTakes(List<SdkField<?>> model, Map<?, ?> given) {
        Map<String, SdkField<?>> fields =
                model.stream().collect(Collectors.toMap(SdkField::memberName, field -> field));
        given.forEach((name, value) -> {
            assertThat(fields).containsKey((String) name);
            SdkField<?> field = fields.get(name);
            if (field.marshallingType() == MarshallingType.LIST) {
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                ((List<?>) value)
                        .forEach(item -> assertTakes(member.constructor().get().sdkFields(), (Map<?, ?>) item));
            } else if (field.marshallingType() == MarshallingType.SDK_POJO) {
                assertTakes(field.constructor().get().sdkFields(), (Map<?, ?>) value);
            } else {
                assertThat(field.marshallingType())
                        .isEqualTo(
                                value instanceof Integer
                                        ? MarshallingType.INTEGER
                                        : value instanceof Long
                                                ? MarshallingType.LONG
                                                : value instanceof Boolean
                                                        ? MarshallingType.BOOLEAN
                                                        : MarshallingType.STRING);
            }
        });
    }

    private static List<Finding> found(Consumer<PageTally> content) {
        return new EstateCost(SampleBuckets.TERMS, List.of(bucket(content, 0)), 0).findings();
    }

    private static BilledBucket bucket(Consumer<PageTally> content, long expiredMarkers) {
        BreakdownSettings byPrefix = new BreakdownSettings("", "/", 2, Set.of(), 1000);
        PageTally page = new PageTally(new TallySettings(Set.of(), 0, byPrefix, true, NOW));
        content.accept(page);
        return new BilledBucket(
                new BucketId("1", "b"),
                SampleBuckets.VIRGINIA,
                page.tally().withExpiredMarkers(expiredMarkers),
                true,
                expiredMarkers == 0);
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> rule(Finding finding) {
        return ((List<Map<String, Object>>) finding.lifecycle().get("Rules")).get(0);
    }

    private static void objects(PageTally page, int count, long bytes, int days, String storageClass) {
        for (int i = 0; i < count; i++) {
            object(page, "key", bytes, days, storageClass);
        }
    }

    private static void object(PageTally page, String key, long bytes, int days, String storageClass) {
        page.object(key(key), 0, key.length(), bytes, ago(days), storageClass);
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private static long ago(int days) {
        return NOW.minus(Duration.ofDays(days)).toEpochMilli();
    }
}
