package dev.muster.report.check;

import dev.muster.output.check.Metric;
import dev.muster.output.check.Unit;
import dev.muster.report.diff.ReportDiff;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;

/** Numbers of the changes between two audits that checks can compare. */
public final class DiffMetrics {
    public static final List<Metric<ReportDiff>> ALL = List.of(
            Metric.of("bytes_change", Unit.BYTES, diff -> value(diff.total().bytes())),
            Metric.of("objects_change", Unit.COUNT, diff -> value(diff.total().objects())),
            new Metric<>("bytes_change_percent", Unit.COUNT, DiffMetrics::percent),
            Metric.of("bytes_per_day", Unit.BYTES, diff -> value(diff.bytesPerDay())),
            Metric.of("bytes", Unit.BYTES, diff -> diff.after().total().bytes()),
            Metric.of("objects", Unit.COUNT, diff -> diff.after().total().objects()),
            Metric.of(
                    "new_buckets", Unit.COUNT, diff -> (long) diff.newBuckets().size()),
            Metric.of("vanished_buckets", Unit.COUNT, diff ->
                    (long) diff.vanishedBuckets().size()));

    private DiffMetrics() {}

    private static Long value(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    /** Not known where there was nothing before, as no percentage says how much more something is than nothing. */
    private static BigDecimal percent(ReportDiff diff) {
        Long before = diff.before().total().bytes();
        OptionalLong change = diff.total().bytes();
        if (before == null || before == 0 || change.isEmpty()) {
            return null;
        }
        return BigDecimal.valueOf(change.getAsLong())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(before), 2, RoundingMode.HALF_EVEN);
    }
}
