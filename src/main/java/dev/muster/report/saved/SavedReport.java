package dev.muster.report.saved;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Audit report as its JSON has it. A field that the report lacks, as it was not asked for or the version that wrote it did
 * not know it, is null or empty.
 *
 * @param complete whether every number is the truth
 * @param startedAt start of the run; null in a report that does not say
 * @param filter terms by which objects were chosen, under the options' names; empty where all were counted
 * @param accounts in the report's order, as are the buckets
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
        List<SavedFailure> failures) {

    /** Task that was given up. */
    public record SavedFailure(String accountId, String bucket, String task, String code, String message, long times) {}

    public SavedReport {
        requireNonNull(total, "total is null");
        filter = requireNonNullElse(filter, Map.of());
        accounts = List.copyOf(requireNonNullElse(accounts, List.of()));
        buckets = List.copyOf(requireNonNullElse(buckets, List.of()));
        failures = List.copyOf(requireNonNullElse(failures, List.of()));
    }

    /** Instant at which the run ended. */
    public Instant endedAt() {
        return startedAt.plusMillis(Math.round(elapsedSeconds * 1000));
    }

    /** The missing parts in words; empty for a complete report. */
    public String gap() {
        if (complete) {
            return "";
        }
        return total.error() == null ? "something is missing" : total.error();
    }
}
