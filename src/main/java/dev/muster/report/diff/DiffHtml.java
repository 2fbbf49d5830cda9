package dev.muster.report.diff;

import dev.muster.output.SizeUnit;
import dev.muster.output.html.TablePage;
import dev.muster.output.html.TablePage.Cell;
import dev.muster.output.html.TablePage.Column;
import dev.muster.output.html.TablePage.Curve;
import dev.muster.output.html.TablePage.Row;
import dev.muster.output.html.TablePage.Table;
import dev.muster.output.html.TablePage.Total;
import dev.muster.report.diff.Change.Amount;
import dev.muster.report.saved.SavedReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/** Changes as a page for a browser, with a curve where there are more than two runs. */
final class DiffHtml {
    private static final String UNKNOWN = "–";

    private final ReportDiff diff;
    private final DiffOptions options;

    DiffHtml(ReportDiff diff, DiffOptions options) {
        this.diff = diff;
        this.options = options;
    }

    TablePage page() {
        List<Table> tables = new ArrayList<>();
        add(
                tables,
                "buckets",
                "Buckets",
                "buckets",
                List.of("Account", "Bucket"),
                diff.buckets(),
                key -> List.of(account(key.account()), key.bucket()));
        add(
                tables,
                "prefixes",
                "Prefixes",
                "prefixes",
                List.of("Account", "Bucket", "Prefix"),
                diff.prefixes(),
                key -> List.of(account(key.bucket().account()), key.bucket().bucket(), key.prefix()));
        add(tables, "classes", "Storage classes", "storage classes", List.of("Class"), diff.storageClasses(), List::of);
        add(
                tables,
                "accounts",
                "Accounts",
                "accounts",
                List.of("Account"),
                diff.accounts(),
                key -> List.of(account(key)));
        String from = day(diff.before());
        String to = day(diff.after());
        return new TablePage(
                "Changes from " + from + " to " + to,
                "From " + diff.before().startedAt() + " to " + diff.after().startedAt()
                        + ". 1 KB is 1024 bytes; times are UTC. Marked rows are new or vanished.",
                warnings(),
                totals(),
                options.history().size() > 2 ? new Curve("Bytes over time", options.history()) : null,
                tables);
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!diff.before().complete()) {
            warnings.add("The report before: " + diff.before().gap());
        }
        if (!diff.after().complete()) {
            warnings.add("The report after: " + diff.after().gap());
        }
        if (!warnings.isEmpty()) {
            warnings.add("What looks like a change may be a gap.");
        }
        return warnings;
    }

    private List<Total> totals() {
        List<Total> totals = new ArrayList<>();
        totals.add(new Total(
                "Size",
                signedSize(diff.total().bytes()),
                "now " + size(diff.total().after())));
        totals.add(new Total(
                "Objects",
                signed(diff.total().objects()),
                "now " + objects(diff.total().after())));
        totals.add(new Total("Each day", signedSize(diff.bytesPerDay()), ""));
        totals.add(new Total("New buckets", count(diff.newBuckets().size()), ""));
        totals.add(new Total("Vanished buckets", count(diff.vanishedBuckets().size()), ""));
        if (options.limit() != null) {
            String limit = SizeUnit.AUTO.format(options.limit());
            totals.add(new Total("Limit of " + limit, Growth.forecast(options.limit(), diff), ""));
        }
        return totals;
    }

    private <K> void add(
            List<Table> tables,
            String id,
            String title,
            String noun,
            List<String> names,
            List<Change<K>> changes,
            Function<K, List<String>> key) {
        List<Change<K>> shown = changes.stream().filter(Change::differs).toList();
        if (shown.isEmpty()) {
            return;
        }
        List<Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(new Column(name, null)));
        List.of("Before", "After", "Change", "Objects").forEach(name -> columns.add(new Column(name, "n")));
        columns.add(new Column("", null));
        tables.add(new Table(
                id,
                title,
                noun,
                columns,
                shown.stream()
                        .map(change -> row(change, key.apply(change.key())))
                        .toList()));
    }

    private static Row row(Change<?> change, List<String> names) {
        List<Cell> cells = new ArrayList<>();
        names.forEach(name -> cells.add(Cell.text(name)));
        cells.add(Cell.number(bytes(change.before()), size(change.before())));
        cells.add(Cell.number(bytes(change.after()), size(change.after())));
        cells.add(Cell.number(value(change.bytes()), signedSize(change.bytes())));
        cells.add(Cell.number(value(change.objects()), signed(change.objects())));
        cells.add(Cell.text(change.isNew() ? "new" : change.isVanished() ? "vanished" : ""));
        return new Row(change.isNew() || change.isVanished(), cells);
    }

    private static String account(String id) {
        return id.isEmpty() ? UNKNOWN : id;
    }

    private static String day(SavedReport report) {
        return report.startedAt().toString().substring(0, 10);
    }

    private static Long bytes(Amount amount) {
        return amount == null ? null : amount.bytes();
    }

    private static Long value(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static String size(Amount amount) {
        return bytes(amount) == null ? UNKNOWN : SizeUnit.AUTO.format(amount.bytes());
    }

    private static String objects(Amount amount) {
        return amount == null || amount.objects() == null ? UNKNOWN : count(amount.objects());
    }

    private static String signedSize(OptionalLong number) {
        return number.isEmpty()
                ? UNKNOWN
                : sign(number.getAsLong()) + SizeUnit.AUTO.format(Math.abs(number.getAsLong()));
    }

    private static String signed(OptionalLong number) {
        return number.isEmpty() ? UNKNOWN : sign(number.getAsLong()) + count(Math.abs(number.getAsLong()));
    }

    private static String sign(long number) {
        return number > 0 ? "+" : number < 0 ? "-" : "";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
