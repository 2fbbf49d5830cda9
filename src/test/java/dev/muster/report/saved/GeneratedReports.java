package dev.muster.report.saved;

import dev.muster.output.Json;
import dev.muster.report.cost.Finding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports of an audit as tests need them, in the JSON that an audit writes. */
public final class GeneratedReports {
    /** A bucket with one storage class; its bytes are null where it could not be counted. */
    public record Bucket(String account, String name, Long objects, Long bytes, String storageClass) {}

    private GeneratedReports() {}

    public static SavedReport of(Instant startedAt, List<Bucket> buckets) {
        return SavedReportReader.parse(json(startedAt, buckets));
    }

    public static String json(Instant startedAt, List<Bucket> buckets) {
        boolean complete = buckets.stream().allMatch(bucket -> bucket.bytes() != null);
        Map<String, List<Bucket>> accounts = new LinkedHashMap<>();
        buckets.forEach(bucket -> accounts.computeIfAbsent(bucket.account(), id -> new ArrayList<>())
                .add(bucket));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("complete", complete);
        report.put("interrupted", false);
        report.put("started_at", startedAt.toString());
        report.put("elapsed_seconds", 1.5);
        report.put("requests", 7);
        report.put("total", row(buckets));
        List<Object> rows = new ArrayList<>();
        accounts.forEach((id, members) -> {
            Map<String, Object> row = row(members);
            row.put("account_id", id);
            rows.add(row);
        });
        report.put("accounts", rows);
        report.put("buckets", buckets.stream().map(GeneratedReports::bucket).toList());
        report.put("failures", List.of());
        return Json.dumps(report);
    }

    /** A report with a cost and a finding, whose texts are all the same. */
    public static String withFinding(String json, String text) {
        Finding finding = new Finding(
                "noncurrent_versions",
                text,
                "111111111111",
                text,
                3,
                4096,
                new BigDecimal("1234.5"),
                text,
                text,
                Map.of("Rules", List.of(Map.of("ID", text))));
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("prices", "the prices");
        cost.put("prices_date", "2026-01-01");
        cost.put("currency", "USD");
        cost.put("savings", 1234.5);
        cost.put("notes", List.of(text));
        return json.replace(
                        "\"failures\": [",
                        "\"cost\": " + Json.dumps(cost) + ", \"findings\": [" + Json.dumps(finding.fields())
                                + "], \"failures\": [")
                .replace("\"status\": ", "\"cost_per_month\": 77.777, \"status\": ");
    }

    private static Map<String, Object> bucket(Bucket bucket) {
        Map<String, Object> row = row(List.of(bucket));
        row.put("bucket", bucket.name());
        row.put("account_id", bucket.account());
        row.put("region", "us-east-1");
        return row;
    }

    private static Map<String, Object> row(List<Bucket> buckets) {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Map<String, Object>> classes = new LinkedHashMap<>();
        Long objects = 0L;
        Long bytes = 0L;
        for (Bucket bucket : buckets) {
            if (bucket.bytes() != null) {
                objects += bucket.objects();
                bytes += bucket.bytes();
                Map<String, Object> sum = classes.computeIfAbsent(bucket.storageClass(), name -> new LinkedHashMap<>());
                sum.merge("objects", bucket.objects(), (a, b) -> (Long) a + (Long) b);
                sum.merge("bytes", bucket.bytes(), (a, b) -> (Long) a + (Long) b);
            }
        }
        boolean known = buckets.isEmpty() || buckets.stream().anyMatch(bucket -> bucket.bytes() != null);
        boolean complete = buckets.stream().allMatch(bucket -> bucket.bytes() != null);
        row.put("buckets", (long) buckets.size());
        row.put("objects", known ? objects : null);
        row.put("bytes", known ? bytes : null);
        row.put("status", complete ? "ok" : "incomplete");
        row.put("error", complete ? null : "not all was counted");
        row.put("storage_classes", classes);
        return row;
    }
}
