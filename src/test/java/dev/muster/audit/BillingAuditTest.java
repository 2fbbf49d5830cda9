package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.stats.BillingTally;
import dev.muster.audit.stats.ClassUsage;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an audit counts for a bill, from listings of the practice cloud. */
class BillingAuditTest {
    private static final long KB = 1024;

    @Test
    void smallObjectsAreCountedByClassAndLargeOnesOfStandardByAge() throws Exception {
        BillingTally billing = audit(PracticeBucket.of(
                "b",
                object("ia/just-small", 128 * KB - 1, 40, StorageClass.STANDARD_IA),
                object("ia/just-large", 128 * KB, 40, StorageClass.STANDARD_IA),
                object("new", 200 * KB, 5, StorageClass.STANDARD),
                object("old", 300 * KB, 100, StorageClass.STANDARD),
                object("old and small", 7, 100, StorageClass.STANDARD)));

        assertThat(billing.current())
                .containsEntry("STANDARD_IA", new ClassUsage(2, 256 * KB - 1, 1, 128 * KB - 1))
                .containsEntry("STANDARD", new ClassUsage(3, 500 * KB + 7, 1, 7))
                .hasSize(2);
        assertThat(billing.standardObjects().counts()).containsExactly(0, 1, 0, 0, 1);
        assertThat(billing.standardBytes().counts()).containsExactly(0, 200 * KB, 0, 0, 300 * KB);
    }

    @Test
    void noncurrentVersionsAreCountedByClass() throws Exception {
        BillingTally billing = audit(PracticeBucket.of(
                        "b",
                        object("k", 10, 9, StorageClass.STANDARD),
                        object("k", 500 * KB, 8, StorageClass.STANDARD_IA),
                        object("k", 30, 7, StorageClass.STANDARD))
                .keepingVersions());

        assertThat(billing.noncurrent())
                .containsEntry("STANDARD", new ClassUsage(1, 10, 1, 10))
                .containsEntry("STANDARD_IA", new ClassUsage(1, 500 * KB, 0, 0))
                .hasSize(2);
    }

    @Test
    void onlyDeleteMarkersOfKeysWithoutVersionsAreExpired() throws Exception {
        List<StoredObject> versions = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            versions.add(StoredObject.deleteMarker(String.format("alone/%05d", i), day(3)));
        }
        versions.add(object("deleted", 1, 5, StorageClass.STANDARD));
        versions.add(StoredObject.deleteMarker("deleted", day(4)));
        versions.add(StoredObject.deleteMarker("twice", day(4)));
        versions.add(StoredObject.deleteMarker("twice", day(3)));
        versions.add(StoredObject.deleteMarker("undone", day(4)));
        versions.add(object("undone", 1, 3, StorageClass.STANDARD));
        PracticeBucket bucket =
                PracticeBucket.of("b", versions.toArray(StoredObject[]::new)).keepingVersions();

        assertThat(audit(bucket).expiredMarkers())
                .as("all but those at the end of a page, whose keys may go on")
                .isBetween(2_490L, 2_500L);
        assertThat(audit(PracticeBucket.of("b", StoredObject.deleteMarker("k", day(3)))
                                .keepingVersions())
                        .expiredMarkers())
                .isEqualTo(1);
    }

    @Test
    void uploadsAreStaleAfterSevenDaysWithAllTheirParts() throws Exception {
        PracticeBucket bucket = PracticeBucket.of("b")
                .with(
                        new PendingUpload("new", day(7).plusSeconds(1), List.of(1L, 2L)),
                        new PendingUpload("stale", day(7), List.of(30L, 40L)));

        assertThat(audit(bucket).staleUploads()).isEqualTo(new ObjectSum(1, 70));
    }

    private static BillingTally audit(PracticeBucket bucket) throws Exception {
        Estate estate = Estate.of(bucket);
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            cloud.faults().set("s3:ListObjectVersions", FaultProfile.NONE.withShortPageRate(0.5));
            return audit.forBill(audit.scope(true, true))
                    .summary()
                    .buckets()
                    .values()
                    .iterator()
                    .next()
                    .tally()
                    .billing();
        }
    }

    private static StoredObject object(String key, long bytes, int days, StorageClass storageClass) {
        return StoredObject.ofSize(key, bytes, day(days), storageClass);
    }

    private static Instant day(int ago) {
        return PracticeAudit.AS_OF.minus(Duration.ofDays(ago));
    }
}
