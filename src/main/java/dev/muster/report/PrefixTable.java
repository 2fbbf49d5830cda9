package dev.muster.report;

import dev.muster.audit.prefix.PrefixSum;
import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import dev.muster.report.cost.EstateCost;
import dev.muster.report.cost.MonthlyCost;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of prefixes as text, and its lines as fields for programs. */
final class PrefixTable {
    /** Columns that a narrow terminal does without, the first before the others. */
    private static final List<String> DISPENSABLE = List.of("Oldest", "Storage class", "Delete markers", "Newest");

    private final ReportOptions options;
    private final Optional<EstateCost> cost;
    private final TextTable table;

    PrefixTable(AuditReport report) {
        this.options = report.options();
        this.cost = report.cost().filter(known -> known.terms().prices().isPresent());
        List<String> header = new ArrayList<>(List.of(options.unit() == SizeUnit.BYTES ? "Bytes" : "Size", "Objects"));
        if (options.versions()) {
            header.addAll(List.of("Noncurrent size", "Delete markers"));
        }
        if (options.uploads()) {
            header.add("Upload size");
        }
        cost.ifPresent(known -> header.add(TextFigures.costHeading(known)));
        int numbers = header.size();
        header.addAll(List.of("Newest", "Oldest", "Storage class", "Prefix"));
        Align[] columns = new Align[header.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i < numbers ? Align.RIGHT : Align.LEFT;
        }
        this.table = new TextTable(columns).row(header.toArray(String[]::new));
    }

    /**
     * Adds the lines of a bucket.
     *
     * @param place what to write before each prefix
     * @param region of the bucket; null if it is unknown
     */
    PrefixTable add(PrefixTotals totals, String place, String region) {
        for (PrefixLine line : PrefixLine.of(totals, options.breakdown())) {
            String part = line.kind() == PrefixLine.Kind.PREFIX
                    ? ""
                    : " (" + line.kind().label() + ")";
            row(line.sum(), region, TerminalText.escape(place + line.prefix()) + part);
        }
        return this;
    }

    /** Adds a bucket of which nothing is known. */
    PrefixTable unknown(String place, String status) {
        List<String> cells = new ArrayList<>(List.of(TextFigures.UNKNOWN, TextFigures.UNKNOWN));
        while (cells.size() < columns() - 1) {
            cells.add(TextFigures.UNKNOWN);
        }
        cells.add(TerminalText.escape(place) + "  ! " + TerminalText.escape(status));
        table.row(cells.toArray(String[]::new));
        return this;
    }

    void write(Appendable out, String indentation) throws IOException {
        table.write(out, indentation, options.width(), DISPENSABLE);
    }

    /** Says how much may lie under another name than its own; nothing where nothing may. */
    static String doubt(PrefixTotals totals, SizeUnit unit) {
        return totals.sizeError() == 0 && totals.thingsError() == 0
                ? ""
                : "more prefixes than --max-prefixes: up to " + unit.format(totals.sizeError()) + " and "
                        + Plural.counted(totals.thingsError(), "object") + " of a prefix may be in (other)";
    }

    private int columns() {
        return 6 + (options.versions() ? 2 : 0) + (options.uploads() ? 1 : 0) + (cost.isPresent() ? 1 : 0);
    }

    private void row(PrefixSum sum, String region, String name) {
        List<String> cells = new ArrayList<>(List.of(options.unit().format(sum.bytes()), Long.toString(sum.objects())));
        if (options.versions()) {
            cells.add(options.unit().format(sum.noncurrent().bytes()));
            cells.add(Long.toString(sum.deleteMarkers()));
        }
        if (options.uploads()) {
            cells.add(options.unit().format(sum.uploadBytes()));
        }
        cost.ifPresent(known ->
                cells.add(known.of(region, sum.usage()).map(MonthlyCost::words).orElse(TextFigures.UNKNOWN)));
        cells.add(TextFigures.day(sum.newest()));
        cells.add(TextFigures.day(sum.oldest()));
        cells.add(classes(sum.storageClasses()));
        cells.add(name);
        table.row(cells.toArray(String[]::new));
    }

    /** The class with the most bytes, and how many others there are. */
    private static String classes(Map<String, ObjectSum> classes) {
        String first = classes.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().bytes()))
                .map(Map.Entry::getKey)
                .orElse(TextFigures.UNKNOWN);
        return TerminalText.escape(first) + (classes.size() > 1 ? " +" + (classes.size() - 1) : "");
    }

    /** The fields of a line that hold one value each, as JSON and CSV show them. */
    static Map<String, Object> fields(PrefixLine line, ReportOptions options) {
        PrefixSum sum = line.sum();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", line.kind().label());
        fields.put("level", line.level());
        fields.put("prefix", line.prefix().toString());
        fields.put("objects", sum.objects());
        fields.put("bytes", sum.bytes());
        fields.put("newest", text(sum.newest()));
        fields.put("oldest", text(sum.oldest()));
        if (options.versions()) {
            fields.put("noncurrent_versions", sum.noncurrent().objects());
            fields.put("noncurrent_bytes", sum.noncurrent().bytes());
            fields.put("delete_markers", sum.deleteMarkers());
        }
        if (options.uploads()) {
            fields.put("uploads", sum.uploads());
            fields.put("upload_bytes", sum.uploadBytes());
        }
        return fields;
    }

    /** The lines of a bucket as JSON shows them. */
    List<Map<String, Object>> json(PrefixTotals totals, String region) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PrefixLine line : PrefixLine.of(totals, options.breakdown())) {
            Map<String, Object> fields = fields(line, options);
            Map<String, Object> classes = new LinkedHashMap<>();
            line.sum().storageClasses().forEach((name, sum) -> classes.put(name, sum(sum)));
            fields.put("storage_classes", classes);
            cost.ifPresent(known -> fields.put(
                    "cost_per_month",
                    known.of(region, line.sum().usage())
                            .map(MonthlyCost::number)
                            .orElse(null)));
            rows.add(fields);
        }
        return rows;
    }

    static Map<String, Object> sum(ObjectSum sum) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("objects", sum.objects());
        fields.put("bytes", sum.bytes());
        return fields;
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
