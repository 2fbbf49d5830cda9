package dev.muster.report;

import dev.muster.audit.stats.AgeClasses;
import dev.muster.audit.stats.Histogram;
import dev.muster.audit.stats.ObjectEntry;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.audit.stats.SizeClasses;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import dev.muster.report.GroupRow.LocatedEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Details of a bucket, an account or the whole estate as indented text: lists of objects and distributions. */
final class TextDetails {
    private static final int BAR_CELLS = 30;

    private final SizeUnit unit;

    TextDetails(SizeUnit unit) {
        this.unit = unit;
    }

    void writeObjects(Appendable out, Ranking ranking, List<ObjectEntry> list) throws IOException {
        TextTable table = list();
        for (ObjectEntry entry : list) {
            addObject(table, entry, TerminalText.escape(entry.key().toString()));
        }
        writeList(out, ranking, table);
    }

    /** Writes a list that spans buckets: entries are {@code bucket:key}. */
    void writeLocated(Appendable out, Ranking ranking, List<LocatedEntry> list) throws IOException {
        TextTable table = list();
        for (LocatedEntry entry : list) {
            String name = entry.bucket().bucket() + ":" + entry.object().key();
            addObject(table, entry.object(), TerminalText.escape(name));
        }
        writeList(out, ranking, table);
    }

    /** Writes each distribution on a line. */
    void writeLines(Appendable out, ObjectTally tally) throws IOException {
        List<String> classes = new ArrayList<>();
        tally.storageClasses()
                .forEach((name, sum) -> classes.add(
                        TerminalText.escape(name) + " " + sum.objects() + " (" + unit.format(sum.bytes()) + ")"));
        TextTable table = new TextTable(Align.LEFT, Align.LEFT)
                .row("storage", String.join(", ", classes))
                .row("sizes", line(tally.sizes(), SizeClasses.COUNT, SizeClasses::label))
                .row("ages", line(tally.ages(), AgeClasses.COUNT, AgeClasses::label));
        table.write(out, "  ");
    }

    /** Writes each distribution of all buckets as a table; histograms with bars. */
    void writeCharts(Appendable out, ObjectTally tally) throws IOException {
        if (tally.current().objects() == 0) {
            return;
        }
        TextTable classes = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT);
        classes.row("Storage class", "Objects", unit == SizeUnit.BYTES ? "Bytes" : "Size");
        tally.storageClasses()
                .forEach((name, sum) ->
                        classes.row(TerminalText.escape(name), Long.toString(sum.objects()), unit.format(sum.bytes())));
        out.append("\nAll buckets\n");
        classes.write(out, "  ");
        out.append('\n');
        chart("Object size", tally.sizes(), SizeClasses.COUNT, SizeClasses::label)
                .write(out, "  ");
        out.append('\n');
        chart("Age", tally.ages(), AgeClasses.COUNT, AgeClasses::label).write(out, "  ");
    }

    /** Writes tables of all buckets by group. */
    void writeGroups(Appendable out, Map<String, List<GroupLine>> tables) throws IOException {
        for (Map.Entry<String, List<GroupLine>> group : tables.entrySet()) {
            TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT);
            table.row("By " + group.getKey(), "Objects", unit == SizeUnit.BYTES ? "Bytes" : "Size");
            for (GroupLine line : group.getValue()) {
                table.row(
                        TerminalText.escape(line.name()),
                        Long.toString(line.sum().objects()),
                        unit.format(line.sum().bytes()));
            }
            out.append('\n');
            table.write(out, "  ");
        }
    }

    private static TextTable list() {
        return new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT);
    }

    private void addObject(TextTable table, ObjectEntry entry, String name) {
        String size = entry.size().isPresent() ? unit.format(entry.size().getAsLong()) : TextFigures.UNKNOWN;
        table.row(TextFigures.date(entry.lastModified()), size, name);
    }

    private static void writeList(Appendable out, Ranking ranking, TextTable table) throws IOException {
        out.append("  ").append(ranking.label()).append('\n');
        table.write(out, "    ");
    }

    private static String line(Histogram histogram, int classes, IntFunction<String> label) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            if (histogram.count(i) > 0) {
                parts.add(label.apply(i) + ": " + histogram.count(i));
            }
        }
        return String.join(", ", parts);
    }

    private static TextTable chart(String title, Histogram histogram, int classes, IntFunction<String> label) {
        long most = 0;
        for (int i = 0; i < classes; i++) {
            most = Math.max(most, histogram.count(i));
        }
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT).row(title, "Objects", "");
        for (int i = 0; i < classes; i++) {
            long count = histogram.count(i);
            if (count > 0) {
                int cells = (int) Math.ceil((double) BAR_CELLS * count / most);
                table.row(label.apply(i), Long.toString(count), "#".repeat(cells));
            }
        }
        return table;
    }
}
