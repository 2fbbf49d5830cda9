package dev.muster.report.check;

import dev.muster.output.check.Metric;
import dev.muster.output.check.Unit;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReport.SavedFailure;
import dev.muster.report.saved.SavedRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Numbers of an audit that checks can compare, by the names that its JSON has where it has them. All are totals. */
public final class AuditMetrics {
    public static final List<Metric<SavedReport>> ALL = List.of(
            total("objects", Unit.COUNT, SavedRow::objects),
            total("bytes", Unit.BYTES, SavedRow::bytes),
            total("buckets", Unit.COUNT, SavedRow::buckets),
            Metric.of("empty_buckets", Unit.COUNT, report -> report.buckets().stream()
                    .filter(row -> row.counted() && row.objects() == 0)
                    .count()),
            Metric.of("accounts", Unit.COUNT, report -> (long) report.accounts().size()),
            total("noncurrent_versions", Unit.COUNT, SavedRow::noncurrentVersions),
            total("noncurrent_bytes", Unit.BYTES, SavedRow::noncurrentBytes),
            total("delete_markers", Unit.COUNT, SavedRow::deleteMarkers),
            total("uploads", Unit.COUNT, SavedRow::uploads),
            total("upload_bytes", Unit.BYTES, SavedRow::uploadBytes),
            Metric.of("oldest_upload_days", Unit.DAYS, AuditMetrics::oldestUploadDays),
            new Metric<>("cost_per_month", Unit.MONEY, AuditMetrics::cost),
            new Metric<>(
                    "savings_per_month",
                    Unit.MONEY,
                    report -> report.cost() == null ? null : report.cost().savings()),
            total("odd_entries", Unit.COUNT, SavedRow::oddEntries),
            Metric.of("failures", Unit.COUNT, report -> report.failures().stream()
                    .mapToLong(SavedFailure::times)
                    .sum()),
            Metric.of("requests", Unit.COUNT, SavedReport::requests),
            new Metric<>("elapsed_seconds", Unit.SECONDS, report -> BigDecimal.valueOf(report.elapsedSeconds())));

    private AuditMetrics() {}

    /** The option of an audit without which a number is not known. */
    public static Optional<String> option(String name) {
        if (name.startsWith("noncurrent") || name.equals("delete_markers")) {
            return Optional.of("--versions");
        }
        if (name.endsWith("_per_month")) {
            return Optional.of("--cost");
        }
        return name.contains("upload") ? Optional.of("--uploads") : Optional.empty();
    }

    private static Metric<SavedReport> total(String name, Unit unit, Function<SavedRow, Long> value) {
        return Metric.of(name, unit, report -> value.apply(report.total()));
    }

    /** Not known while a part of it has no price. */
    private static BigDecimal cost(SavedReport report) {
        return report.total().costGap() == null ? report.total().costPerMonth() : null;
    }

    /** Age of the oldest incomplete upload at the run's start; 0 where there is none. */
    private static Long oldestUploadDays(SavedReport report) {
        SavedRow total = report.total();
        if (total.uploads() == null) {
            return null;
        }
        return total.oldestUpload() == null
                ? Long.valueOf(0)
                : Long.valueOf(Duration.between(total.oldestUpload(), report.startedAt())
                        .toDays());
    }
}
