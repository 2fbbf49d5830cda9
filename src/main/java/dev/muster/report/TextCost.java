package dev.muster.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.output.Json;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import dev.muster.report.cost.EstateCost;
import dev.muster.report.cost.Finding;
import dev.muster.report.cost.MonthlyCost;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Cost by storage class, and the findings, as text. */
final class TextCost {
    private static final int MOST_BUCKETS = 10;
    private static final String MONEY = "Money";

    private final EstateCost cost;
    private final ReportOptions options;
    private final SizeUnit unit;
    /** Unit of money; empty without prices. */
    private final Optional<String> aMonth;

    TextCost(EstateCost cost, ReportOptions options) {
        this.cost = cost;
        this.options = options;
        this.unit = options.unit();
        this.aMonth = cost.terms().prices().map(prices -> TextFigures.costHeading(cost));
    }

    void write(Appendable out) throws IOException {
        Optional<MonthlyCost> all = cost.of((String) null);
        if (all.isPresent()) {
            writeClasses(out, all.get());
        }
        writeFindings(out);
        out.append('\n');
        for (String note : cost.notes()) {
            out.append(TerminalText.escape(note)).append('\n');
        }
    }

    private void writeClasses(Appendable out, MonthlyCost all) throws IOException {
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT).row("Cost by storage class", aMonth.orElseThrow());
        all.classes().forEach((name, money) -> table.row(TerminalText.escape(name), MonthlyCost.words(money)));
        if (all.uploads().signum() > 0) {
            table.row("Incomplete uploads", MonthlyCost.words(all.uploads()));
        }
        table.row("Total", TextFigures.money(Optional.of(all)));
        out.append('\n');
        table.write(out, "");
        for (String gap : all.unpriced()) {
            out.append("! not in it: ").append(TerminalText.escape(gap)).append('\n');
        }
    }

    private void writeFindings(Appendable out) throws IOException {
        List<List<Finding>> alike =
                cost.findings().stream()
                        .collect(groupingBy(Finding::title, LinkedHashMap::new, toList()))
                        .values()
                        .stream()
                        .sorted(Comparator.comparing(TextCost::saved).reversed())
                        .toList();
        out.append(
                alike.isEmpty()
                        ? ""
                        : "\nFindings" + cost.savings().map(this::upTo).orElse("") + "\n");
        for (List<Finding> findings : alike) {
            Finding any = findings.get(0);
            String saved = saved(findings).signum() > 0 ? upTo(saved(findings)) : "";
            out.append("\n  " + TerminalText.escape(any.title()) + saved + "\n");
            writeBuckets(out, findings);
            out.append("    Remedy: " + any.remedy() + "\n");
            out.append(any.lifecycle() == null ? "" : "    " + Json.dumps(any.lifecycle()) + "\n");
        }
        if (cost.findings().stream().anyMatch(finding -> finding.lifecycle() != null)) {
            out.append(
                    "\naws s3api put-bucket-lifecycle-configuration puts such a rule, and replaces all that the bucket"
                            + " has: add it to them.\n");
        }
    }

    private static BigDecimal saved(List<Finding> findings) {
        return findings.stream()
                .map(Finding::perMonth)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String upTo(BigDecimal money) {
        String words = MonthlyCost.words(money);
        return (words.startsWith("<") ? ": less than " + words.substring(1) : ": up to " + words) + " "
                + aMonth.orElse("");
    }

    private void writeBuckets(Appendable out, List<Finding> findings) throws IOException {
        TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT, Align.LEFT)
                .row(aMonth.orElse(MONEY), "Count", unit == SizeUnit.BYTES ? "Bytes" : "Size", "Account", "Bucket", "");
        for (Finding finding : findings.subList(0, Math.min(MOST_BUCKETS, findings.size()))) {
            table.row(
                    finding.perMonth() == null ? TextFigures.UNKNOWN : MonthlyCost.words(finding.perMonth()),
                    Long.toString(finding.count()),
                    finding.bytes() == 0 ? TextFigures.UNKNOWN : unit.format(finding.bytes()),
                    TextReport.account(finding.accountId()),
                    TerminalText.escape(finding.bucket()),
                    finding.note());
        }
        table.write(out, "    ", options.width(), List.of(MONEY, "Account", "Count"));
        int more = findings.size() - MOST_BUCKETS;
        out.append(more > 0 ? "    and " + more + " more, which --format json has\n" : "");
    }
}
