package dev.muster.report.diff;

import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import dev.muster.report.diff.Change.Amount;
import dev.muster.report.diff.ReportDiff.BucketKey;
import dev.muster.report.saved.SavedReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Changes for people: those of buckets first, the total last, so that it is right above the prompt. */
final class DiffText {
    private static final String UNKNOWN = "-";

    private final ReportDiff diff;
    private final DiffOptions options;

    DiffText(ReportDiff diff, DiffOptions options) {
        this.diff = diff;
        this.options = options;
    }

    void write(Appendable out) throws IOException {
        writeGaps(out);
        out.append("From " + diff.before().startedAt() + " to " + diff.after().startedAt() + " ("
                + Growth.days(diff.elapsed()) + ")\n\n");
        table(out, "Bucket", diff.buckets(), DiffText::name);
        table(out, "Prefix", diff.prefixes(), key -> name(key.bucket()) + " / " + TerminalText.escape(key.prefix()));
        table(out, "Storage class", diff.storageClasses(), TerminalText::escape);
        table(out, "Account", diff.accounts(), DiffText::name);
        writeTotal(out);
        writeGaps(out);
    }

    private void writeGaps(Appendable out) throws IOException {
        if (!diff.complete()) {
            out.append("*** INCOMPLETE: " + gap("before", diff.before()) + gap("after", diff.after())
                    + "what looks like a change may be a gap. ***\n");
        }
    }

    private static String gap(String which, SavedReport report) {
        return report.complete() ? "" : "the report " + which + ": " + TerminalText.escape(report.gap()) + "; ";
    }

    private <K> void table(Appendable out, String heading, List<Change<K>> changes, Function<K, String> name)
            throws IOException {
        List<Change<K>> shown = changes.stream().filter(Change::differs).toList();
        if (shown.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
        table.row(heading, "Before", "After", "Change", "Objects", "");
        shown.stream().limit(options.rows()).forEach(change -> row(table, name.apply(change.key()), change));
        table.write(out, options.width(), List.of("Before", "Objects"));
        int more = shown.size() - options.rows();
        out.append(more > 0 ? "and " + more + " more, with smaller changes\n\n" : "\n");
    }

    private void row(TextTable table, String name, Change<?> change) {
        table.row(
                name,
                size(change.before()),
                size(change.after()),
                signed(change.bytes(), options.unit()),
                signed(change.objects(), SizeUnit.BYTES),
                change.isNew() ? "new" : change.isVanished() ? "vanished" : "");
    }

    private void writeTotal(Appendable out) throws IOException {
        if (diff.buckets().stream().noneMatch(Change::differs)) {
            out.append("Nothing has changed.\n");
        }
        List<String> parts = new ArrayList<>();
        parts.add(Plural.counted(diff.newBuckets().size(), "new bucket"));
        parts.add(Plural.counted(diff.vanishedBuckets().size(), "vanished bucket"));
        parts.add(signed(diff.total().objects(), SizeUnit.BYTES) + " objects");
        parts.add(signed(diff.total().bytes(), SizeUnit.BYTES) + " bytes");
        out.append("Total: " + size(diff.total().before()) + " before, "
                + size(diff.total().after()) + " after; " + String.join(", ", parts) + "\n");
        out.append("Growth per day: " + signed(diff.bytesPerDay(), SizeUnit.AUTO) + "\n");
        if (options.limit() != null) {
            out.append("The limit of " + SizeUnit.AUTO.format(options.limit()) + " "
                    + Growth.forecast(options.limit(), diff) + "\n");
        }
    }

    private String size(Amount amount) {
        return amount == null || amount.bytes() == null
                ? UNKNOWN
                : options.unit().format(amount.bytes());
    }

    private static String signed(OptionalLong number, SizeUnit unit) {
        if (number.isEmpty()) {
            return UNKNOWN;
        }
        long value = number.getAsLong();
        return (value > 0 ? "+" : value < 0 ? "-" : "") + unit.format(Math.abs(value));
    }

    private static String name(BucketKey key) {
        return name(key.account()) + " / " + TerminalText.escape(key.bucket());
    }

    private static String name(String account) {
        return account.isEmpty() ? UNKNOWN : TerminalText.escape(account);
    }
}
