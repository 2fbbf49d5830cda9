package dev.muster.report;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.BucketId;
import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.Ranking;
import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.report.AuditReport.BucketRow;
import dev.muster.report.AuditReport.RunFacts;
import dev.muster.report.cost.MonthlyCost;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report for people: a table of buckets, details of each, failures, accounts, and the total last, so that it is
 * right above the prompt. What is missing is named at the top and at the end.
 */
final class TextReport {
    private final AuditReport report;
    private final ReportOptions options;
    private final List<Ranking> lists;
    private final TextFigures figures;
    private final TextDetails details;

    TextReport(AuditReport report) {
        this.report = report;
        this.options = report.options();
        this.lists = options.limit() > 0 ? options.rankingsInOrder() : List.of();
        this.figures = new TextFigures(report);
        this.details = new TextDetails(options.unit());
    }

    void write(Appendable out) throws IOException {
        writeBanner(report, out, "", "\n");
        writeFilter(report, out, "", "\n");
        writeBuckets(out);
        if (options.byAccount()) {
            writeAccountDetails(out);
        } else {
            writeBucketDetails(out);
        }
        writeFailures(out);
        writeOddEntries(out);
        details.writeCharts(out, report.total().tally());
        details.writeGroups(out, GroupLine.tables(report));
        writeAccounts(out);
        if (report.cost().isPresent()) {
            new TextCost(report.cost().get(), options).write(out);
        }
        writeSum(out);
        writeFilter(report, out, "\n", "");
        writeBanner(report, out, "\n", "");
    }

    static void writeBanner(AuditReport report, Appendable out, String before, String after) throws IOException {
        if (report.complete()) {
            return;
        }
        String word = report.run().interrupted() ? "INTERRUPTED" : "INCOMPLETE";
        out.append(before)
                .append("*** " + word + ": " + report.total().standing().error())
                .append(". Rows marked ! are less than the truth. ***\n")
                .append(after);
    }

    /** Writes which objects the numbers are about, if not about every object. */
    static void writeFilter(AuditReport report, Appendable out, String before, String after) throws IOException {
        ReportOptions options = report.options();
        if (!options.filter().terms().isEmpty()) {
            out.append(before).append("Only objects that match");
            for (Map.Entry<String, String> term : options.filter().terms().entrySet()) {
                out.append(" --" + term.getKey() + "=" + TerminalText.escape(term.getValue()));
            }
            out.append('\n').append(after);
        }
    }

    private void writeBuckets(Appendable out) throws IOException {
        if (report.buckets().isEmpty()) {
            out.append(report.nothingRead() ? "The buckets are not known.\n" : "No buckets.\n");
            return;
        }
        TextTable table = figures.table("Account", "Bucket", "Region", "Created");
        for (BucketRow row : report.buckets()) {
            figures.row(
                    table,
                    List.of(
                            account(row.id().account()),
                            TerminalText.escape(row.id().bucket()),
                            Optional.ofNullable(row.facts().region())
                                    .map(TerminalText::escape)
                                    .orElse(TextFigures.UNKNOWN),
                            TextFigures.day(row.facts().creationDate())),
                    row.tally(),
                    row.standing(),
                    report.cost().flatMap(cost -> cost.of(row.id())));
        }
        table.write(out, options.width(), TextFigures.DISPENSABLE);
    }

    private void writeBucketDetails(Appendable out) throws IOException {
        for (BucketRow row : report.buckets()) {
            if (row.tally().current().objects() > 0) {
                writeHeading(out, name(row.id()), row.standing());
                for (Ranking ranking : lists) {
                    details.writeObjects(out, ranking, row.tally().lists().getOrDefault(ranking, List.of()));
                }
                details.writeLines(out, row.tally());
                writePrefixes(out, row);
            }
        }
    }

    private void writePrefixes(Appendable out, BucketRow row) throws IOException {
        Optional<PrefixTotals> totals = row.tally().prefixes();
        if (totals.isPresent() && options.breakdown().showsPrefixes()) {
            out.append("  prefixes\n");
            new PrefixTable(report)
                    .add(
                            totals.get(),
                            "s3://" + row.id().bucket() + "/",
                            row.facts().region())
                    .write(out, "    ");
            String doubt = PrefixTable.doubt(totals.get(), options.unit());
            out.append(doubt.isEmpty() ? "" : "    " + doubt + "\n");
        }
    }

    private void writeAccountDetails(Appendable out) throws IOException {
        for (GroupRow row : report.accounts()) {
            if (row.tally().current().objects() > 0) {
                writeHeading(out, account(row.account()), row.standing());
                for (Ranking ranking : lists) {
                    details.writeLocated(out, ranking, row.lists().getOrDefault(ranking, List.of()));
                }
                details.writeLines(out, row.tally());
            }
        }
    }

    private void writeFailures(Appendable out) throws IOException {
        if (report.failures().isEmpty()) {
            return;
        }
        out.append("\nFailures\n");
        for (AuditFailure failure : report.failures()) {
            String where = failure.bucket() == null
                    ? account(failure.account())
                    : name(new BucketId(failure.account(), failure.bucket()));
            out.append("  ! ").append(where).append(": ");
            out.append(TerminalText.escape(failure.sentence())).append('\n');
        }
    }

    private void writeOddEntries(Appendable out) throws IOException {
        List<BucketRow> odd = report.buckets().stream()
                .filter(row -> row.tally().odd().count() > 0)
                .toList();
        out.append(odd.isEmpty() ? "" : "\nOdd entries\n");
        for (BucketRow row : odd) {
            out.append("  ").append(name(row.id())).append(": ");
            out.append(TerminalText.escape(row.tally().odd().sentence())).append('\n');
        }
    }

    private void writeAccounts(Appendable out) throws IOException {
        out.append('\n');
        TextTable table = figures.table("Account", "Buckets");
        for (GroupRow row : report.accounts()) {
            writeGroup(table, account(row.account()), row);
        }
        writeGroup(table, "Total", report.total());
        table.write(out, options.width(), TextFigures.DISPENSABLE);
    }

    private void writeGroup(TextTable table, String name, GroupRow row) {
        boolean known = row.buckets() > 0 || row.standing().complete();
        String buckets = known ? Long.toString(row.buckets()) : TextFigures.UNKNOWN;
        figures.row(
                table,
                List.of(name, buckets),
                row.tally(),
                row.standing(),
                report.cost().flatMap(cost -> cost.of(row.account())));
    }

    private void writeSum(Appendable out) throws IOException {
        if (report.total().standing().counted()) {
            ObjectSum sum = report.total().tally().current();
            out.append(
                    "\n" + Plural.counted(sum.objects(), "object") + ", " + Plural.counted(sum.bytes(), "byte") + " (");
            out.append(SizeUnit.AUTO.format(sum.bytes()) + "; 1 KB = 1024 bytes)");
        }
        RunFacts run = report.run();
        out.append("\nStarted " + TextFigures.date(Optional.of(run.startedAt())));
        out.append(", took " + run.elapsed().toMillis() / 1000.0 + " s and " + Plural.counted(run.requests(), "request")
                + requestCost() + "\n");
    }

    private String requestCost() {
        return report.cost()
                .flatMap(cost -> cost.requests()
                        .map(money -> ", which cost " + MonthlyCost.words(money) + " "
                                + cost.terms().prices().orElseThrow().currency() + " at most"))
                .orElse("");
    }

    private static void writeHeading(Appendable out, String name, RowStatus standing) throws IOException {
        out.append('\n').append(name);
        out.append(standing.complete() ? "" : "  " + TextFigures.status(standing))
                .append('\n');
    }

    private static String name(BucketId id) {
        return account(id.account()) + " / " + TerminalText.escape(id.bucket());
    }

    static String account(String account) {
        return account.isEmpty() ? TextFigures.UNKNOWN : TerminalText.escape(account);
    }
}
