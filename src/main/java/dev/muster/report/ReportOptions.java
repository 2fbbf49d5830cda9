package dev.muster.report;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.ObjectFilter;
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
 * @param width of the terminal that text is for, in columns; {@link Integer#MAX_VALUE} where it is for none
 * @param filter the objects that counted
 */
public record ReportOptions(
        Set<Ranking> rankings,
        int limit,
        boolean byAccount,
        SizeUnit unit,
        boolean versions,
        boolean uploads,
        int width,
        ObjectFilter filter) {
    /** For text of any width, of every object. */
    public ReportOptions(
            Set<Ranking> rankings, int limit, boolean byAccount, SizeUnit unit, boolean versions, boolean uploads) {
        this(rankings, limit, byAccount, unit, versions, uploads, Integer.MAX_VALUE, ObjectFilter.NONE);
    }

    public ReportOptions {
        rankings = Set.copyOf(rankings);
        requireNonNull(unit, "unit is null");
        requireNonNull(filter, "filter is null");
    }

    /** The rankings in the order in which their lists are shown. */
    List<Ranking> rankingsInOrder() {
        return rankings.stream().sorted().toList();
    }
}
