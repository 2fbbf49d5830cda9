package dev.muster.report;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.stats.Ranking;
import dev.muster.output.SizeUnit;
import java.util.List;
import java.util.Set;

/**
 * Options of a report.
 *
 * @param rankings the lists
 * @param limit the most objects in a list; not negative
 * @param byAccount whether lists are merged per account instead of per bucket
 * @param unit of sizes in text
 * @param versions whether noncurrent versions and delete markers were counted
 * @param uploads whether incomplete multipart uploads were counted
 */
public record ReportOptions(
        Set<Ranking> rankings, int limit, boolean byAccount, SizeUnit unit, boolean versions, boolean uploads) {
    public ReportOptions {
        rankings = Set.copyOf(rankings);
        requireNonNull(unit, "unit is null");
    }

    /** The rankings in the order in which their lists are shown. */
    List<Ranking> rankingsInOrder() {
        return rankings.stream().sorted().toList();
    }
}
