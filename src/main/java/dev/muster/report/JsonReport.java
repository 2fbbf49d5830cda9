package dev.muster.report;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.audit.stats.AgeClasses;
import dev.muster.audit.stats.ClassUsage;
import dev.muster.audit.stats.Histogram;
import dev.muster.audit.stats.ObjectEntry;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.OddEntries;
import dev.muster.audit.stats.Ranking;
import dev.muster.audit.stats.SizeClasses;
import dev.muster.output.Json;
import dev.muster.report.AuditReport.BucketRow;
import dev.muster.report.GroupRow.LocatedEntry;
import dev.muster.report.cost.Finding;
import dev.muster.report.cost.MonthlyCost;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToLongFunction;

/**
 * The report as one JSON object on one line. Keys are exact, bytes are integers, dates are ISO 8601 in UTC, and unknown
 * values are null.
 */
final class JsonReport {
    private final AuditReport report;
    private final ScalarFields scalars;

    JsonReport(AuditReport report) {
        this.report = report;
        this.scalars = new ScalarFields(report);
    }

    void write(Appendable out) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("complete", report.complete());
        fields.put("interrupted", report.run().interrupted());
        fields.put(
                "started_at",
                report.run().startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("elapsed_seconds", report.run().elapsed().toMillis() / 1000.0);
        fields.put("requests", report.run().requests());
        if (!report.options().filter().terms().isEmpty()) {
            fields.put("filter", report.options().filter().terms());
        }
        fields.put("total", group(scalars.ofTotal(report.total()), report.total()));
        fields.put("accounts", each(report.accounts(), row -> group(scalars.ofAccount(row), row)));
        fields.put("buckets", each(report.buckets(), this::bucket));
        if (!report.options().breakdown().groups().isEmpty()) {
            Map<String, Object> groups = new LinkedHashMap<>();
            GroupLine.tables(report).forEach((label, lines) -> groups.put(label, each(lines, JsonReport::group)));
            fields.put("groups", groups);
        }
        report.cost().ifPresent(cost -> {
            fields.put("cost", cost.fields());
            fields.put("findings", each(cost.findings(), Finding::fields));
        });
        fields.put("failures", each(report.failures(), JsonReport::failure));
        Json.write(out, fields);
        out.append('\n');
    }

    private Map<String, Object> group(Map<String, Object> fields, GroupRow row) {
        row.lists().forEach((ranking, list) -> fields.put(ranking.label(), each(list, JsonReport::located)));
        addDistributions(fields, row.tally());
        report.cost().ifPresent(cost -> addCost(fields, row.tally(), cost.of(row.account())));
        return fields;
    }

    private Map<String, Object> bucket(BucketRow row) {
        Map<String, Object> fields = scalars.ofBucket(row);
        if (!report.options().byAccount()) {
            for (Ranking ranking : report.options().rankingsInOrder()) {
                List<ObjectEntry> list = row.tally().lists().getOrDefault(ranking, List.of());
                fields.put(ranking.label(), each(list, JsonReport::object));
            }
        }
        addDistributions(fields, row.tally());
        report.cost().ifPresent(cost -> addCost(fields, row.tally(), cost.of(row.id())));
        addPrefixes(fields, row);
        fields.put("odd_entry_examples", each(row.tally().odd().examples(), JsonReport::odd));
        return fields;
    }

    private void addPrefixes(Map<String, Object> fields, BucketRow row) {
        if (!report.options().breakdown().showsPrefixes()) {
            return;
        }
        Optional<PrefixTotals> totals =
                row.tally().prefixes().filter(known -> row.standing().counted());
        fields.put(
                "prefixes",
                totals.map(known ->
                                new PrefixTable(report).json(known, row.facts().region()))
                        .orElse(List.of()));
        fields.put("prefix_bytes_error", totals.map(PrefixTotals::sizeError).orElse(null));
        fields.put("prefix_objects_error", totals.map(PrefixTotals::thingsError).orElse(null));
    }

    private static Map<String, Object> group(GroupLine line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", line.name());
        fields.putAll(PrefixTable.sum(line.sum()));
        return fields;
    }

    /** Adds the sums that a bill needs, and the cost by storage class, noncurrent versions included. */
    private static void addCost(Map<String, Object> fields, ObjectTally tally, Optional<MonthlyCost> cost) {
        fields.put("billed_objects", usage(tally.billing().current()));
        fields.put("billed_noncurrent_versions", usage(tally.billing().noncurrent()));
        Map<String, Object> classes = new LinkedHashMap<>();
        cost.ifPresent(known -> known.classes().forEach((name, money) -> classes.put(name, MonthlyCost.number(money))));
        fields.put("cost_by_storage_class", classes);
        fields.put(
                "cost_of_uploads",
                cost.map(known -> MonthlyCost.number(known.uploads())).orElse(null));
    }

    private static Map<String, Object> usage(Map<String, ClassUsage> classes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        classes.forEach((name, usage) -> {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("objects", usage.objects());
            numbers.put("bytes", usage.bytes());
            numbers.put("small_objects", usage.small());
            numbers.put("small_bytes", usage.smallBytes());
            fields.put(name, numbers);
        });
        return fields;
    }

    private static Map<String, Object> odd(OddEntries.Example entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", entry.key().isEmpty() ? null : entry.key().toString());
        fields.put("problem", entry.problem());
        return fields;
    }

    private static Map<String, Object> located(LocatedEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bucket", entry.bucket().bucket());
        fields.putAll(object(entry.object()));
        return fields;
    }

    private static Map<String, Object> object(ObjectEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", entry.key().toString());
        fields.put("bytes", entry.size().isPresent() ? entry.size().getAsLong() : null);
        fields.put("last_modified", entry.lastModified().map(Instant::toString).orElse(null));
        return fields;
    }

    private static Map<String, Object> failure(AuditFailure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account_id", ScalarFields.accountId(failure.account()));
        fields.put("bucket", failure.bucket());
        fields.put("task", failure.task());
        fields.put("code", failure.code());
        fields.put("message", failure.message());
        fields.put("times", failure.times());
        return fields;
    }

    private static void addDistributions(Map<String, Object> fields, ObjectTally tally) {
        Map<String, Object> classes = new LinkedHashMap<>();
        tally.storageClasses().forEach((name, sum) -> classes.put(name, PrefixTable.sum(sum)));
        fields.put("storage_classes", classes);
        fields.put("size_histogram", histogram(tally.sizes(), SizeClasses.COUNT, "bytes", SizeClasses::least));
        fields.put("age_histogram", histogram(tally.ages(), AgeClasses.COUNT, "days", AgeClasses::leastDays));
    }

    /** The classes that hold objects: {@code {"from_bytes": 1024, "below_bytes": 2048, "objects": 3}}; the last is open. */
    private static List<Map<String, Object>> histogram(
            Histogram histogram, int classes, String unit, IntToLongFunction least) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            if (histogram.count(i) > 0) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("from_" + unit, least.applyAsLong(i));
                fields.put("below_" + unit, i + 1 < classes ? least.applyAsLong(i + 1) : null);
                fields.put("objects", histogram.count(i));
                rows.add(fields);
            }
        }
        return rows;
    }

    /** Rows that are made as they are written, as there may be a million of them. */
    private static <T> Iterable<Map<String, Object>> each(List<T> rows, Function<T, Map<String, Object>> fields) {
        return () -> rows.stream().map(fields).iterator();
    }
}
