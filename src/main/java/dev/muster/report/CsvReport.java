package dev.muster.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.output.Csv;
import dev.muster.report.AuditReport.BucketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The report as CSV: a header, then a record per bucket with the fields that hold one value each. What is missing
 * beyond the buckets is a record without a bucket name and numbers, so that no sum over the file looks complete that is
 * not.
 */
final class CsvReport {
    private static final BucketRow ANY =
            new BucketRow(new BucketId("", ""), BucketFacts.UNKNOWN, RowStatus.OK, ObjectTally.NONE);

    private final AuditReport report;

    CsvReport(AuditReport report) {
        this.report = report;
    }

    void write(Appendable out) throws IOException {
        ScalarFields scalars = new ScalarFields(report);
        Csv.record(out, new ArrayList<>(fields(scalars, ANY).keySet()));
        for (BucketRow row : rows()) {
            Csv.record(out, new ArrayList<>(fields(scalars, row).values()));
        }
    }

    private Map<String, Object> fields(ScalarFields scalars, BucketRow row) {
        Map<String, Object> fields = scalars.ofBucket(row);
        Map<String, String> filter = report.options().filter().terms();
        if (!filter.isEmpty()) {
            fields.put(
                    "filter",
                    filter.entrySet().stream()
                            .map(term -> "--" + term.getKey() + "=" + term.getValue())
                            .collect(joining(" ")));
        }
        return fields;
    }

    private List<BucketRow> rows() {
        List<BucketRow> rows = new ArrayList<>(report.buckets());
        Map<String, List<AuditFailure>> failures = report.failures().stream()
                .filter(failure -> failure.bucket() == null)
                .collect(groupingBy(AuditFailure::account));
        for (GroupRow row : report.accounts()) {
            RowStatus standing = beyondBuckets(row.account(), failures.getOrDefault(row.account(), List.of()));
            if (!standing.complete()) {
                rows.add(nameless(row.account(), standing));
            }
        }
        if (!report.complete() && RowStatus.allComplete(rows)) {
            String error = report.total().standing().error();
            rows.add(nameless("", RowStatus.incomplete(List.of(), error)));
        }
        rows.sort(Comparator.comparing(BucketRow::id));
        return rows;
    }

    /** Status of an account beyond its buckets: whether all of them were listed. */
    private RowStatus beyondBuckets(String account, List<AuditFailure> failures) {
        return RowStatus.ofAccount(
                List.of(), failures, report.run().unfinishedAccounts().contains(account));
    }

    private static BucketRow nameless(String account, RowStatus standing) {
        return new BucketRow(new BucketId(account, ""), BucketFacts.UNKNOWN, standing, ObjectTally.NONE);
    }
}
