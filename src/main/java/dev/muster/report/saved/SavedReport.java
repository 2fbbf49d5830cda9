package dev.muster.report.saved;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.muster.report.cost.Finding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Audit report as in its JSON. A field that the report lacks, because it was not requested or an older version wrote
 * it, is null or empty.
 *
 * @param complete whether every number is exact
 * @param startedAt start of the run; null if the report does not tell
 * @param filter conditions by which objects were selected, by the options' names; empty if all were counted
 * @param accounts in the report's order, as are the buckets
 * @param cost null if it was not asked for
 * @param findings the dearest first
 */
public record SavedReport(
        boolean complete,
        boolean interrupted,
        Instant startedAt,
        double elapsedSeconds,
        long requests,
        Map<String, String> filter,
        SavedRow total,
        List<SavedRow> accounts,
        List<SavedRow> buckets,
        List<SavedFailure> failures,
        SavedCost cost,
        List<Finding> findings) {

    /** A task that was given up. */
    public record SavedFailure(String accountId, String bucket, String task, String code, String message, long times) {}

    /**
     * Prices that the costs are from, and the sums beyond those of rows.
     *
     * @param prices name of the table of prices; null if nothing is said in money, as are all but the notes
     * @param requests of the run, at most
     * @param savings that the findings promise, at most
     */
    public record SavedCost(
            String prices,
            String pricesDate,
            String currency,
            BigDecimal requests,
            BigDecimal savings,
            List<String> notes) {
        public SavedCost {
            notes = List.copyOf(requireNonNullElse(notes, List.of()));
        }
    }

    public SavedReport {
        requireNonNull(total, "total is null");
        filter = requireNonNullElse(filter, Map.of());
        accounts = List.copyOf(requireNonNullElse(accounts, List.of()));
        buckets = List.copyOf(requireNonNullElse(buckets, List.of()));
        failures = List.copyOf(requireNonNullElse(failures, List.of()));
        findings = List.copyOf(requireNonNullElse(findings, List.of()));
    }

    /** Instant at which the run ended. */
    public Instant endedAt() {
        return startedAt.plusMillis(Math.round(elapsedSeconds * 1000));
    }

    /** Description of what is missing; empty for a complete report. */
    public String gap() {
        if (complete) {
            return "";
        }
        return total.error() == null ? "something is missing" : total.error();
    }
}
