package dev.muster.report;

import dev.muster.output.Plural;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import dev.muster.report.cost.CostTerms;
import dev.muster.report.cost.MonthlyCost;
import dev.muster.report.cost.PriceTable;
import dev.muster.report.cost.PriceTable.RegionPrices;
import dev.muster.report.saved.SavedRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * Requests of an audit as far as they are known before it, and their cost: at least so many, as a bucket may have grown,
 * and as a large one is listed in parts, of which each ends with a page that is not full.
 *
 * @param lines a line for each bucket that is known to be audited
 * @param accounts number of accounts whose buckets are listed
 */
public record RunEstimate(List<Line> lines, long accounts, CostTerms terms) {
    private static final long PAGE = 1000;

    /**
     * Requests of a bucket.
     *
     * @param region null if it is unknown
     * @param source of the number, in words; empty if nothing is known but that there is a bucket
     */
    public record Line(String bucket, String region, long requests, String source) {
        /** Requests for a bucket as it was in an earlier report; empty if that could not count it. */
        public static Optional<Line> of(SavedRow row, CostTerms terms, String source) {
            if (!row.counted()) {
                return Optional.empty();
            }
            long entries = row.objects()
                    + (terms.versions() ? known(row.noncurrentVersions()) + known(row.deleteMarkers()) : 0);
            long uploads = known(row.uploads());
            long requests = pages(entries) + (terms.uploads() ? pages(uploads) + uploads : 0);
            return Optional.of(new Line(row.bucket(), row.region(), requests, source));
        }

        /** Requests for a bucket of which nothing is known, or the number of its pages. */
        public static Line of(String bucket, long pages, CostTerms terms, String source) {
            return new Line(bucket, null, Math.max(1, pages) + (terms.uploads() ? 1 : 0), source);
        }

        private static long known(Long number) {
            return number == null ? 0 : number;
        }

        private static long pages(long entries) {
            return Math.max(1, (entries + PAGE - 1) / PAGE);
        }
    }

    public RunEstimate {
        lines = List.copyOf(lines);
    }

    public void write(Appendable out) throws IOException {
        String currency = terms.prices().map(PriceTable::currency).orElse("Cost");
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT)
                .row("Bucket", "Requests", currency, "Known from");
        long requests = accounts;
        BigDecimal cost = BigDecimal.ZERO;
        boolean priced = terms.prices().isPresent();
        for (Line line : lines) {
            Optional<BigDecimal> money = cost(line);
            table.row(
                    TerminalText.escape(line.bucket()),
                    "at least " + line.requests(),
                    money.map(MonthlyCost::words).orElse(TextFigures.UNKNOWN),
                    line.source().isEmpty() ? "nothing" : line.source());
            requests += line.requests();
            cost = cost.add(money.orElse(BigDecimal.ZERO));
            priced &= money.isPresent();
        }
        table.write(out, "");
        out.append("\nAt least " + Plural.grouped(requests, "request"));
        out.append(accounts > 0 ? ", " + accounts + " of them for the names of buckets" : "");
        out.append(priced ? ", for " + MonthlyCost.words(cost) + " " + currency : "")
                .append(".\n");
        out.append(terms.prices()
                .map(known ->
                        "By " + TerminalText.escape(known.name()) + " of " + TerminalText.escape(known.date()) + ".\n")
                .orElse("No money: " + terms.withoutPrices() + ".\n"));
        out.append(
                "Not known: what was added since, what has never been counted, and how large buckets will be cut, which"
                        + " takes up to a fifth more requests.\n");
    }

    private Optional<BigDecimal> cost(Line line) {
        return terms.prices()
                .flatMap(table -> table.of(line.region()))
                .map(RegionPrices::list)
                .map(price -> price.multiply(BigDecimal.valueOf(line.requests()))
                        .divide(BigDecimal.valueOf(1000), MathContext.UNLIMITED));
    }
}
