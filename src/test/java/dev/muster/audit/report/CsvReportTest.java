package dev.muster.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.AuditPartial;
import dev.muster.report.SizeUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvReportTest {
    @Test
    void eachBucketIsARecordAndWhatIsNotKnownIsEmpty() {
        assertThat(csv(SampleRun.denied(), SampleRun.OPTIONS))
                .isEqualTo("bucket,account_id,region,creation_date,last_modified,objects,bytes,status,error\r\n"
                        + "empty,111111111111,eu-west-1,2020-05-06T07:08:09Z,,0,0,ok,\r\n"
                        + "logs,111111111111,us-east-1,2020-05-06T07:08:09Z,2026-02-28T12:00:00Z,3,3000001500,ok,\r\n"
                        + "secret,222222222222,,2020-05-06T07:08:09Z,,,,access_denied,"
                        + "list all keys failed: no permission for s3:ListBucket: ask for it\r\n");
    }

    @Test
    void versionsAndUploadsHaveColumnsWhereTheyWereAskedFor() {
        ReportOptions options = new ReportOptions(Set.of(), 0, false, SizeUnit.AUTO, true, true);
        assertThat(csv(SampleRun.complete(), options).lines())
                .containsExactly(
                        "bucket,account_id,region,creation_date,last_modified,objects,bytes,noncurrent_versions,"
                                + "noncurrent_bytes,delete_markers,uploads,upload_bytes,oldest_upload,status,error",
                        "empty,111111111111,eu-west-1,2020-05-06T07:08:09Z,,0,0,0,0,0,0,0,,ok,",
                        "logs,111111111111,us-east-1,2020-05-06T07:08:09Z,2026-02-28T12:00:00Z,3,3000001500,1,9,1,1,"
                                + "5242880,2026-01-02T03:04:05Z,ok,");
    }

    @Test
    void thereIsAHeaderEvenWithoutBuckets() {
        assertThat(csv(new AuditPartial(), SampleRun.OPTIONS).lines()).hasSize(1);
    }

    private static String csv(AuditPartial found, ReportOptions options) {
        return SampleRun.written(AuditFormat.CSV, found, SampleRun.RUN, options);
    }
}
