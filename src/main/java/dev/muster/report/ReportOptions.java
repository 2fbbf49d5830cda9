package dev.muster.report;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.ObjectFilter;
import dev.muster.audit.stats.Ranking;
import dev.muster.output.SizeUnit;
import dev.muster.report.cost.CostTerms;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Options of a report.
 *
 * @param rankings the rankings of the lists
 * @param limit the most objects in a list; not negative
 * @param byAccount whether lists are merged per account instead of per bucket
 * @param unit of sizes in text
 * @param versions whether noncurrent versions and delete markers were counted
 * @param uploads whether incomplete multipart uploads were counted
 * @param width the width of the terminal for text, in columns; {@link Integer#MAX_VALUE} if it is not for a terminal
 * @param filter the objects that counted
 * @param breakdown totals per prefix and per group
 * @param cost terms of the cost to report; empty if none is wanted
 */
public record ReportOptions(
        Set<Ranking> rankings,
        int limit,
        boolean byAccount,
        SizeUnit unit,
        boolean versions,
        boolean uploads,
        int width,
        ObjectFilter filter,
        BreakdownView breakdown,
        Optional<CostTerms> cost) {
    /** Options for text of any width, about every object. */
    public ReportOptions(
            Set<Ranking> rankings, int limit, boolean byAccount, SizeUnit unit, boolean versions, boolean uploads) {
        this(
                rankings,
                limit,
                byAccount,
                unit,
                versions,
                uploads,
                Integer.MAX_VALUE,
                ObjectFilter.NONE,
                BreakdownView.NONE);
    }

    /** Options without a cost. */
    public ReportOptions(
            Set<Ranking> rankings,
            int limit,
            boolean byAccount,
            SizeUnit unit,
            boolean versions,
            boolean uploads,
            int width,
            ObjectFilter filter,
            BreakdownView breakdown) {
        this(rankings, limit, byAccount, unit, versions, uploads, width, filter, breakdown, Optional.empty());
    }

    public ReportOptions {
        rankings = Set.copyOf(rankings);
        requireNonNull(unit, "unit is null");
        requireNonNull(filter, "filter is null");
        requireNonNull(breakdown, "breakdown is null");
        requireNonNull(cost, "cost is null");
    }

    /** The same with a cost. */
    public ReportOptions with(CostTerms terms) {
        return new ReportOptions(
                rankings, limit, byAccount, unit, versions, uploads, width, filter, breakdown, Optional.of(terms));
    }

    /** The rankings in the order in which their lists are shown. */
    List<Ranking> rankingsInOrder() {
        return rankings.stream().sorted().toList();
    }
}
