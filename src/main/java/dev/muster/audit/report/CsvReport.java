package dev.muster.audit.report;

import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.tally.Tally;
import dev.muster.report.Csv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;

/** The report as CSV: a header, then a record per bucket with the fields that hold one value each. */
final class CsvReport {
    private static final BucketRow ANY =
            new BucketRow(new BucketId("", ""), BucketFacts.UNKNOWN, Standing.OK, Tally.NONE);

    private final AuditReport report;

    CsvReport(AuditReport report) {
        this.report = report;
    }

    void write(Appendable out) throws IOException {
        ScalarFields scalars = new ScalarFields(report.options());
        Csv.record(out, new ArrayList<>(scalars.ofBucket(ANY).keySet()));
        for (BucketRow row : report.buckets()) {
            Map<String, Object> fields = scalars.ofBucket(row);
            Csv.record(out, new ArrayList<>(fields.values()));
        }
    }
}
