package dev.muster.report;

import dev.muster.audit.stats.ObjectTally;
import dev.muster.report.AuditReport.BucketRow;
import dev.muster.report.cost.EstateCost;
import dev.muster.report.cost.MonthlyCost;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of a row with a single value each, by name and in order, for JSON and CSV. Unknown values are null. Fields for
 * versions, uploads and costs exist if they were requested.
 */
final class ScalarFields {
    private final ReportOptions options;
    private final Optional<EstateCost> cost;

    ScalarFields(AuditReport report) {
        this.options = report.options();
        this.cost = report.cost();
    }

    Map<String, Object> ofBucket(BucketRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bucket", row.id().bucket());
        fields.put("account_id", accountId(row.id().account()));
        fields.put("region", row.facts().region());
        fields.put("creation_date", text(row.facts().creationDate()));
        addFigures(fields, row.tally(), row.standing(), cost.flatMap(known -> known.of(row.id())));
        return fields;
    }

    Map<String, Object> ofAccount(GroupRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account_id", accountId(row.account()));
        fields.putAll(ofTotal(row));
        return fields;
    }

    Map<String, Object> ofTotal(GroupRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("buckets", row.buckets());
        addFigures(fields, row.tally(), row.standing(), cost.flatMap(known -> known.of(row.account())));
        return fields;
    }

    /** An account's id, or null for an unknown one. */
    static String accountId(String account) {
        return account.isEmpty() ? null : account;
    }

    private void addFigures(
            Map<String, Object> fields, ObjectTally tally, RowStatus standing, Optional<MonthlyCost> money) {
        boolean counted = standing.counted();
        fields.put("last_modified", counted ? text(tally.lastModified()) : null);
        fields.put("objects", counted ? tally.current().objects() : null);
        fields.put("bytes", counted ? tally.current().bytes() : null);
        if (options.versions()) {
            boolean versionsCounted = standing.versionsCounted();
            fields.put(
                    "noncurrent_versions", versionsCounted ? tally.noncurrent().objects() : null);
            fields.put("noncurrent_bytes", versionsCounted ? tally.noncurrent().bytes() : null);
            fields.put("delete_markers", versionsCounted ? tally.deleteMarkers() : null);
        }
        if (options.uploads()) {
            boolean uploadsCounted = standing.uploadsCounted();
            fields.put("uploads", uploadsCounted ? tally.uploads().uploads() : null);
            fields.put("upload_bytes", uploadsCounted ? tally.uploads().bytes() : null);
            fields.put("oldest_upload", uploadsCounted ? text(tally.uploads().oldest()) : null);
        }
        if (cost.isPresent()) {
            fields.put(
                    "cost_per_month",
                    money.filter(any -> counted)
                            .flatMap(MonthlyCost::month)
                            .map(MonthlyCost::number)
                            .orElse(null));
            fields.put("cost_gap", money.map(MonthlyCost::gap).orElse(null));
        }
        fields.put("status", standing.status());
        fields.put("error", standing.error());
        fields.put("odd_entries", counted ? tally.odd().count() : null);
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
