package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.stats.AgeClasses;
import dev.muster.audit.stats.Ranking;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditReport.BucketRow;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read back of a report is what was reported. */
class SavedAuditTest {
    private static final ReportOptions ALL =
            new ReportOptions(Set.of(Ranking.values()), 5, false, SizeUnit.BYTES, true, true);

    @Test
    void everyNumberListAndDateComesBack() {
        AuditReport report = AuditReport.of(SampleRun.denied(), SampleRun.RUN, ALL, List.of());

        SavedReport saved = report.saved();

        assertThat(saved.complete()).isFalse();
        assertThat(saved.startedAt()).isEqualTo(SampleRun.STARTED);
        assertThat(saved.endedAt()).isEqualTo(SampleRun.STARTED.plusMillis(12_345));
        assertThat(saved.requests()).isEqualTo(17);
        assertThat(saved.gap()).isEqualTo("1 of 3 buckets not counted in full");
        assertThat(saved.total().buckets()).isEqualTo(3);
        assertThat(saved.accounts()).extracting(SavedRow::accountId).containsExactly("111111111111", "222222222222");
        assertThat(saved.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.bucket()).isEqualTo("secret");
            assertThat(failure.code()).isEqualTo("AccessDenied");
        });
        for (int i = 0; i < report.buckets().size(); i++) {
            assertSame(saved.buckets().get(i), report.buckets().get(i));
        }
    }

    private static void assertSame(SavedRow saved, BucketRow row) {
        assertThat(saved.bucket()).isEqualTo(row.id().bucket());
        assertThat(saved.accountId()).isEqualTo(row.id().account());
        assertThat(saved.region()).isEqualTo(row.facts().region());
        assertThat(saved.creationDate()).isEqualTo(row.facts().creationDate().orElse(null));
        assertThat(saved.status()).isEqualTo(row.standing().status());
        assertThat(saved.error()).isEqualTo(row.standing().error());
        if (!row.standing().counted()) {
            assertThat(saved.counted()).isFalse();
            return;
        }
        assertThat(saved.objects()).isEqualTo(row.tally().current().objects());
        assertThat(saved.bytes()).isEqualTo(row.tally().current().bytes());
        assertThat(saved.noncurrentBytes()).isEqualTo(row.tally().noncurrent().bytes());
        assertThat(saved.deleteMarkers()).isEqualTo(row.tally().deleteMarkers());
        assertThat(saved.uploadBytes()).isEqualTo(row.tally().uploads().bytes());
        assertThat(saved.oldestUpload())
                .isEqualTo(row.tally().uploads().oldest().orElse(null));
        assertThat(saved.storageClasses().keySet())
                .isEqualTo(row.tally().storageClasses().keySet());
        assertThat(saved.newestObjects())
                .extracting(SavedRow.TopEntry::key)
                .isEqualTo(row.tally().lists().getOrDefault(Ranking.NEWEST, List.of()).stream()
                        .map(entry -> entry.key().toString())
                        .toList());
        saved.ageHistogram().forEach(bin -> {
            int index = 0;
            while (AgeClasses.leastDays(index) != bin.fromDays()) {
                index++;
            }
            assertThat(bin.objects()).isEqualTo(row.tally().ages().count(index));
        });
    }
}
