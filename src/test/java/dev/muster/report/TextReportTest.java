package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.ObjectFilter;
import dev.muster.audit.stats.Ranking;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditReport.RunFacts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final ReportOptions BY_ACCOUNT =
            new ReportOptions(Set.of(Ranking.NEWEST, Ranking.LARGEST), 2, true, SizeUnit.AUTO, false, false);

    @Test
    void aReportWithAGapSaysSoAtBothEndsAndShowsNoZeroForIt() {
        assertThat(text(SampleRun.denied(), SampleRun.OPTIONS)).isEqualTo("""
                        *** INCOMPLETE: 1 of 3 buckets not counted in full. Rows marked ! are less than the truth. ***

                        Account       Bucket  Region     Created     Last modified         Objects       Bytes  Status
                        111111111111  empty   eu-west-1  2020-05-06  -                           0           0  ok
                        111111111111  logs    us-east-1  2020-05-06  2026-02-28T12:00:00Z        3  3000001500  ok
                        222222222222  secret  -          2020-05-06  -                           -           -  ! access_denied

                        111111111111 / logs
                          newest
                            2026-02-28T12:00:00Z     0  a\\nb \u0416
                            2026-02-01T00:00:00Z  1500  photo \ud83d\ude00.jpg
                          storage  GLACIER 1 (3000000000), STANDARD 2 (1500)
                          sizes    0 B: 1, <2 KB: 1, <4 GB: 1
                          ages     <1d: 1, <30d: 1, >=5y: 1

                        Failures
                          ! 222222222222 / secret: list all keys failed: no permission for s3:ListBucket: ask for it

                        All buckets
                          Storage class  Objects       Bytes
                          GLACIER              1  3000000000
                          STANDARD             2        1500

                          Object size  Objects
                          0 B                1  ##############################
                          <2 KB              1  ##############################
                          <4 GB              1  ##############################

                          Age   Objects
                          <1d         1  ##############################
                          <30d        1  ##############################
                          >=5y        1  ##############################

                        Account       Buckets  Last modified         Objects       Bytes  Status
                        111111111111        2  2026-02-28T12:00:00Z        3  3000001500  ok
                        222222222222        1  -                           -           -  ! incomplete
                        Total               3  2026-02-28T12:00:00Z        3  3000001500  ! incomplete

                        3 objects, 3000001500 bytes (2.79 GB; 1 KB = 1024 bytes)
                        Started 2026-03-01T00:00:00Z, took 12.345 s and 17 requests

                        *** INCOMPLETE: 1 of 3 buckets not counted in full. Rows marked ! are less than the truth. ***
                        """);
    }

    @Test
    void listsPerAccountNameTheBucketOfEachObject() {
        assertThat(text(SampleRun.complete(), BY_ACCOUNT)).contains("""

                        111111111111
                          newest
                            2026-02-28T12:00:00Z      0 B  logs:a\\nb \u0416
                            2026-02-01T00:00:00Z  1.46 KB  logs:photo \ud83d\ude00.jpg
                          largest
                            2020-01-01T00:00:00Z  2.79 GB  logs:big
                            2026-02-01T00:00:00Z  1.46 KB  logs:photo \ud83d\ude00.jpg
                          storage  GLACIER 1 (2.79 GB), STANDARD 2 (1.46 KB)
                        """).doesNotContain("111111111111 / logs");
    }

    @Test
    void aListOfNoObjectsHasNoHeading() {
        ReportOptions options = new ReportOptions(Set.of(Ranking.NEWEST), 0, false, SizeUnit.BYTES, false, false);

        assertThat(text(SampleRun.complete(), options))
                .contains("111111111111 / logs\n  storage ")
                .doesNotContain("newest");
    }

    @Test
    void versionsAndUploadsHaveColumnsWhereTheyWereAskedFor() {
        ReportOptions options = new ReportOptions(Set.of(), 0, false, SizeUnit.MB, true, true);
        assertThat(text(SampleRun.denied(), options).lines())
                .contains(
                        "Account       Bucket  Region     Created     Last modified         Objects        Size"
                                + "  Noncurrent  Noncurrent size  Delete markers  Uploads  Upload size  Oldest upload"
                                + "         Status",
                        "111111111111  logs    us-east-1  2020-05-06  2026-02-28T12:00:00Z        3  2861.02 MB"
                                + "           1          0.00 MB               1        1      5.00 MB"
                                + "  2026-01-02T03:04:05Z  ok",
                        "222222222222  secret  -          2020-05-06  -                           -           -"
                                + "           -                -               -        -            -  -"
                                + "                     ! access_denied");
    }

    @Test
    void theTablesFitTheTerminal() {
        ReportOptions options = new ReportOptions(
                Set.of(), 0, false, SizeUnit.AUTO, true, true, 80, ObjectFilter.NONE, BreakdownView.NONE);

        assertThat(text(SampleRun.denied(), options)
                        .lines()
                        .filter(line -> line.matches("(Account|Bucket|111|logs).*")))
                .isNotEmpty()
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void nothingThatAServerSaysReachesTheTerminalRaw() {
        AuditPartial found = new AuditPartial()
                .bucket(new BucketId("1\u001b", "b\u001b"), new BucketFacts("r\u001b", null))
                .failure(new AuditFailure(
                        AuditFailure.Gap.OBJECTS, "1\u001b", "b\u001b", "list", "Bad\u001bCode", "no\u001b\n", 1));
        assertThat(text(found, SampleRun.OPTIONS))
                .contains("! bad\\x1bcode", "list failed: no\\x1b\\n")
                .doesNotContain("\u001b");
    }

    @Test
    void aCompleteReportHasNoBanner() {
        assertThat(text(SampleRun.complete(), SampleRun.OPTIONS))
                .startsWith("Account ")
                .endsWith("requests\n")
                .doesNotContain("***", "!");
    }

    @Test
    void anInterruptedReportSaysThatItIs() {
        RunFacts run = new RunFacts(
                false, true, SampleRun.STARTED, Duration.ofSeconds(1), 3, Set.of(), Set.of(SampleRun.EMPTY));
        List<String> lines = SampleRun.lines(AuditFormat.TEXT, SampleRun.complete(), run, SampleRun.OPTIONS);
        String banner = "*** INTERRUPTED: the run was interrupted. Rows marked ! are less than the truth. ***";
        assertThat(lines).startsWith(banner).endsWith(banner);
        assertThat(lines)
                .contains("111111111111  empty   eu-west-1  2020-05-06  -                           -           -"
                        + "  ! incomplete");
    }

    @Test
    void anEstateWithoutBucketsIsNoError() {
        assertThat(text(new AuditPartial().account("111111111111"), SampleRun.OPTIONS))
                .isEqualTo("""
                        No buckets.

                        Account       Buckets  Last modified  Objects  Bytes  Status
                        111111111111        0  -                    0      0  ok
                        Total               0  -                    0      0  ok

                        0 objects, 0 bytes (0 B; 1 KB = 1024 bytes)
                        Started 2026-03-01T00:00:00Z, took 12.345 s and 17 requests
                        """);
    }

    @Test
    void oneIsNotSeveral() {
        RunFacts run = SampleRun.ended(Duration.ofSeconds(1), 1);

        assertThat(SampleRun.written(AuditFormat.TEXT, SampleRun.complete(), run, SampleRun.OPTIONS))
                .endsWith("took 1.0 s and 1 request\n");
    }

    private static String text(AuditPartial found, ReportOptions options) {
        return SampleRun.written(AuditFormat.TEXT, found, SampleRun.RUN, options);
    }
}
