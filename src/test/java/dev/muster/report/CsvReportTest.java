package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditReport.RunFacts;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvReportTest {
    @Test
    void eachBucketIsARecordAndWhatIsNotKnownIsEmpty() {
        assertThat(csv(SampleRun.denied(), SampleRun.OPTIONS))
                .isEqualTo(
                        "bucket,account_id,region,creation_date,last_modified,objects,bytes,status,error,odd_entries\r\n"
                                + "empty,111111111111,eu-west-1,2020-05-06T07:08:09Z,,0,0,ok,,0\r\n"
                                + "logs,111111111111,us-east-1,2020-05-06T07:08:09Z,2026-02-28T12:00:00Z,3,3000001500,ok,,0\r\n"
                                + "secret,222222222222,,2020-05-06T07:08:09Z,,,,access_denied,"
                                + "list all keys failed: no permission for s3:ListBucket: ask for it,\r\n");
    }

    @Test
    void versionsAndUploadsHaveColumnsWhereTheyWereAskedFor() {
        ReportOptions options = new ReportOptions(Set.of(), 0, false, SizeUnit.AUTO, true, true);
        assertThat(csv(SampleRun.complete(), options).lines())
                .containsExactly(
                        "bucket,account_id,region,creation_date,last_modified,objects,bytes,noncurrent_versions,"
                                + "noncurrent_bytes,delete_markers,uploads,upload_bytes,oldest_upload,status,error,odd_entries",
                        "empty,111111111111,eu-west-1,2020-05-06T07:08:09Z,,0,0,0,0,0,0,0,,ok,,0",
                        "logs,111111111111,us-east-1,2020-05-06T07:08:09Z,2026-02-28T12:00:00Z,3,3000001500,1,9,1,1,"
                                + "5242880,2026-01-02T03:04:05Z,ok,,0");
    }

    @Test
    void thereIsAHeaderEvenWithoutBuckets() {
        assertThat(csv(new AuditPartial(), SampleRun.OPTIONS).lines()).hasSize(1);
    }

    @Test
    void anAccountThatCouldNotBeReadIsARecordWithoutBucketAndNumbers() {
        AuditPartial found = SampleRun.complete()
                .failure(accountFailure("000000000000"))
                .failure(accountFailure(SampleRun.LOGS.account()));

        assertThat(csv(found, SampleRun.OPTIONS).lines().skip(1))
                .satisfiesExactly(
                        first ->
                                assertThat(first).isEqualTo(",000000000000,,,,,,access_denied,assume role failed: no,"),
                        second -> assertThat(second)
                                .isEqualTo(",111111111111,,,,,,access_denied,assume role failed: no,"),
                        third -> assertThat(third).startsWith("empty,111111111111,"),
                        fourth -> assertThat(fourth).startsWith("logs,111111111111,"));
    }

    @Test
    void anInterruptionBeforeAllBucketsWereNamedIsARecordForEachSuchAccount() {
        AuditPartial found = new AuditPartial().account("111111111111");

        assertThat(csv(found, interrupted(Set.of("111111111111", "222222222222")))
                        .lines()
                        .skip(1))
                .containsExactly(
                        ",111111111111,,,,,,incomplete,not counted to the end,",
                        ",222222222222,,,,,,incomplete,not counted to the end,");
    }

    @Test
    void anInterruptionThatNoOtherRecordTellsOfIsOneOfItsOwn() {
        assertThat(csv(SampleRun.complete(), interrupted(Set.of())).lines().skip(1))
                .hasSize(3)
                .startsWith(",,,,,,,incomplete,the run was interrupted,");
    }

    private static AuditFailure accountFailure(String account) {
        return new AuditFailure(AuditFailure.Gap.ACCOUNT, account, null, "assume role", "AccessDenied", "no", 1);
    }

    private static RunFacts interrupted(Set<String> unfinishedAccounts) {
        return new RunFacts(false, true, SampleRun.STARTED, Duration.ofSeconds(1), 3, unfinishedAccounts, Set.of());
    }

    private static String csv(AuditPartial found, RunFacts run) {
        return SampleRun.written(AuditFormat.CSV, found, run, SampleRun.OPTIONS);
    }

    private static String csv(AuditPartial found, ReportOptions options) {
        return SampleRun.written(AuditFormat.CSV, found, SampleRun.RUN, options);
    }
}
