package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditFailure.Gap;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.report.AuditReport.RunFacts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditReportTest {
    @Test
    void aRunWithoutGapsIsComplete() {
        AuditReport report = report(SampleRun.complete(), SampleRun.RUN);
        assertThat(report.complete()).isTrue();
        assertThat(report.total().standing()).isEqualTo(RowStatus.OK);
        assertThat(report.accounts()).extracting(row -> row.standing().status()).containsExactly("ok", "ok");
    }

    @Test
    void aDeniedBucketHasItsReasonAndNoNumbers() {
        RowStatus standing = bucket(report(SampleRun.denied(), SampleRun.RUN), SampleRun.SECRET);
        assertThat(standing.status()).isEqualTo("access_denied");
        assertThat(standing.error()).isEqualTo("list all keys failed: no permission for s3:ListBucket: ask for it");
        assertThat(standing.counted()).isFalse();
    }

    @Test
    void aDeniedBucketOfWhichTheListOfBucketsSaysSomethingOddHasItsReasonAndNoNumbers() {
        AuditPartial found = SampleRun.denied()
                .tally(SampleRun.SECRET, ObjectTally.ofOddBucket("its CreationDate is \"yesterday\""));

        RowStatus standing = bucket(report(found, SampleRun.RUN), SampleRun.SECRET);

        assertThat(standing.status()).isEqualTo("access_denied");
        assertThat(standing.counted()).isFalse();
    }

    @Test
    void oneGapMakesItsAccountAndTheTotalIncompleteAndNothingElse() {
        AuditReport report = report(SampleRun.denied(), SampleRun.RUN);
        assertThat(report.complete()).isFalse();
        assertThat(report.accounts()).extracting(row -> row.standing().status()).containsExactly("ok", "incomplete");
        assertThat(report.total().standing().error()).isEqualTo("1 of 3 buckets not counted in full");
        assertThat(bucket(report, SampleRun.LOGS)).isEqualTo(RowStatus.OK);
    }

    @Test
    void aBucketListedInPartIsIncompleteAndKeepsItsNumbers() {
        AuditPartial found = SampleRun.complete().failure(failure(Gap.OBJECTS, SampleRun.LOGS, "InternalError"));
        RowStatus standing = bucket(report(found, SampleRun.RUN), SampleRun.LOGS);
        assertThat(standing.status()).isEqualTo("incomplete");
        assertThat(standing.counted()).isTrue();
    }

    @Test
    void objectsStandWhereOnlyTheUploadsAreMissing() {
        AuditPartial found = SampleRun.complete().failure(failure(Gap.UPLOADS, SampleRun.EMPTY, "AccessDenied"));
        RowStatus standing = bucket(report(found, SampleRun.RUN), SampleRun.EMPTY);
        assertThat(standing.status()).isEqualTo("incomplete");
        assertThat(standing.counted()).isTrue();
        assertThat(standing.uploadsCounted()).isFalse();
    }

    @Test
    void reasonsAreNamedInSnakeCase() {
        assertThat(statusOf("NoSuchBucket")).isEqualTo("no_such_bucket");
        assertThat(statusOf("PermanentRedirect")).isEqualTo("wrong_region");
        assertThat(statusOf("AuthorizationHeaderMalformed")).isEqualTo("wrong_region");
        assertThat(statusOf("InvalidAccessKeyId")).isEqualTo("invalid_access_key_id");
    }

    @Test
    void anAccountThatCannotBeEnteredIsARowWithItsReason() {
        AuditPartial found = SampleRun.complete()
                .failure(new AuditFailure(Gap.ACCOUNT, "333333333333", null, "assume role", "AccessDenied", "no", 1));
        AuditReport report = report(found, SampleRun.RUN);
        GroupRow row = report.accounts().get(2);
        assertThat(row.account()).isEqualTo("333333333333");
        assertThat(row.standing()).isEqualTo(new RowStatus("access_denied", "assume role failed: no", false, false));
        assertThat(report.total().standing().error()).isEqualTo("not every account was audited in full");
    }

    @Test
    void whatWasOutstandingAtAnInterruptionIsIncomplete() {
        RunFacts run = new RunFacts(
                false,
                true,
                SampleRun.STARTED,
                Duration.ofSeconds(1),
                3,
                Set.of("222222222222"),
                Set.of(SampleRun.EMPTY, SampleRun.LOGS));
        AuditReport report = report(SampleRun.complete(), run);
        assertThat(bucket(report, SampleRun.EMPTY).counted()).isFalse();
        assertThat(bucket(report, SampleRun.LOGS).counted()).isTrue();
        assertThat(report.accounts().get(1).standing().status()).isEqualTo("incomplete");
        assertThat(report.total().standing().error()).isEqualTo("the run was interrupted");
    }

    @Test
    void anAccountThatAnInterruptionCameBeforeHasARowAllTheSame() {
        RunFacts run = new RunFacts(
                false, true, SampleRun.STARTED, Duration.ofSeconds(1), 3, Set.of("333333333333"), Set.of());
        GroupRow row = report(SampleRun.complete(), run).accounts().get(2);
        assertThat(row.account()).isEqualTo("333333333333");
        assertThat(row.standing().status()).isEqualTo("incomplete");
        assertThat(row.standing().counted()).isFalse();
    }

    @Test
    void theTotalSumsBucketsAndPicksFromAllLists() {
        GroupRow total = report(SampleRun.denied(), SampleRun.RUN).total();
        assertThat(total.buckets()).isEqualTo(3);
        assertThat(total.tally().current()).isEqualTo(new ObjectSum(3, 3_000_001_500L));
        assertThat(total.lists().get(Ranking.NEWEST))
                .extracting(entry -> entry.object().key().text())
                .containsExactly("a\nb \u0416", "photo \ud83d\ude00.jpg");
    }

    private static AuditReport report(AuditPartial found, RunFacts run) {
        return AuditReport.of(found, run, SampleRun.OPTIONS, List.of());
    }

    private static RowStatus bucket(AuditReport report, BucketId id) {
        return report.buckets().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow()
                .standing();
    }

    private static String statusOf(String code) {
        AuditPartial found = new AuditPartial().failure(failure(Gap.OBJECTS, SampleRun.SECRET, code));
        return bucket(report(found, SampleRun.RUN), SampleRun.SECRET).status();
    }

    private static AuditFailure failure(Gap gap, BucketId id, String code) {
        return new AuditFailure(gap, id.account(), id.bucket(), "list", code, "message", 1);
    }
}
