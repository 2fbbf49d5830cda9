package dev.muster.report;

import dev.muster.audit.stats.ObjectTally;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import dev.muster.report.cost.EstateCost;
import dev.muster.report.cost.MonthlyCost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables whose rows end with the figures of a tally. */
final class TextFigures {
    static final String UNKNOWN = "-";

    private static final String A_MONTH = " a month";

    /** Columns that are dropped on a narrow terminal, in this order. */
    static final List<String> DISPENSABLE =
            List.of("Created", "Region", "Oldest upload", "Last modified", "Account", "Upload size", "Noncurrent size");

    private final ReportOptions options;
    private final Optional<EstateCost> cost;

    TextFigures(AuditReport report) {
        this.options = report.options();
        this.cost = report.cost().filter(known -> known.terms().prices().isPresent());
    }

    /** Heading of a column of costs. */
    static String costHeading(EstateCost cost) {
        return cost.terms().prices().orElseThrow().currency() + A_MONTH;
    }

    /** A table with a header: the names given, then the figures. */
    TextTable table(String... names) {
        List<String> header = new ArrayList<>(List.of(names));
        header.addAll(List.of("Last modified", "Objects", options.unit() == SizeUnit.BYTES ? "Bytes" : "Size"));
        if (options.versions()) {
            header.addAll(List.of("Noncurrent", "Noncurrent size", "Delete markers"));
        }
        if (options.uploads()) {
            header.addAll(List.of("Uploads", "Upload size", "Oldest upload"));
        }
        cost.ifPresent(known -> header.add(costHeading(known)));
        header.add("Status");
        Align[] columns = header.stream()
                .map(name -> isNumber(name) ? Align.RIGHT : Align.LEFT)
                .toArray(Align[]::new);
        return new TextTable(columns).row(header.toArray(String[]::new));
    }

    void row(TextTable table, List<String> names, ObjectTally tally, RowStatus standing, Optional<MonthlyCost> money) {
        List<String> cells = new ArrayList<>(names);
        boolean counted = standing.counted();
        cells.add(counted ? date(tally.lastModified()) : UNKNOWN);
        cells.add(count(counted, tally.current().objects()));
        cells.add(size(counted, tally.current().bytes()));
        if (options.versions()) {
            boolean versionsCounted = standing.versionsCounted();
            cells.add(count(versionsCounted, tally.noncurrent().objects()));
            cells.add(size(versionsCounted, tally.noncurrent().bytes()));
            cells.add(count(versionsCounted, tally.deleteMarkers()));
        }
        if (options.uploads()) {
            boolean uploadsCounted = standing.uploadsCounted();
            cells.add(count(uploadsCounted, tally.uploads().uploads()));
            cells.add(size(uploadsCounted, tally.uploads().bytes()));
            cells.add(uploadsCounted ? date(tally.uploads().oldest()) : UNKNOWN);
        }
        cost.ifPresent(known -> cells.add(money(money)));
        cells.add(status(standing));
        table.row(cells.toArray(String[]::new));
    }

    /** The cost, marked if a part of it has no price. */
    static String money(Optional<MonthlyCost> cost) {
        return cost.flatMap(known ->
                        known.month().map(MonthlyCost::words).map(words -> known.gap() == null ? words : "! " + words))
                .orElse(UNKNOWN);
    }

    /** The status, marked if the row's numbers are not exact. */
    static String status(RowStatus standing) {
        return (standing.complete() ? "" : "! ") + TerminalText.escape(standing.status());
    }

    static String date(Optional<Instant> instant) {
        return instant.map(i -> i.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(UNKNOWN);
    }

    static String day(Optional<Instant> instant) {
        return instant.map(i -> i.toString().substring(0, 10)).orElse(UNKNOWN);
    }

    private static String count(boolean known, long number) {
        return known ? Long.toString(number) : UNKNOWN;
    }

    private String size(boolean known, long bytes) {
        return known ? options.unit().format(bytes) : UNKNOWN;
    }

    private static boolean isNumber(String name) {
        return name.endsWith(A_MONTH)
                || switch (name) {
                    case "Buckets",
                            "Objects",
                            "Bytes",
                            "Size",
                            "Noncurrent",
                            "Noncurrent size",
                            "Delete markers",
                            "Uploads",
                            "Upload size" -> true;
                    default -> false;
                };
    }
}
