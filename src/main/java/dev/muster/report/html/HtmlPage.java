package dev.muster.report.html;

import static java.util.stream.Collectors.joining;

import dev.muster.output.Json;
import dev.muster.output.SizeUnit;
import dev.muster.output.TerminalText;
import dev.muster.output.html.PageAssets;
import dev.muster.report.cost.Finding;
import dev.muster.report.cost.MonthlyCost;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedRow;
import dev.muster.report.saved.SavedRow.TopEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** A report as its page's template shows it. Texts are as they came: the template escapes them. */
public final class HtmlPage {
    private static final String UNKNOWN = "–";

    /** A number at the top of the page. */
    public record Total(String name, String value, String exact) {}

    /** A part of the objects. The bytes are null where an audit does not count them. */
    public record Slice(String label, Long objects, Long bytes) {}

    /** The first objects of the estate by a ranking. */
    public record TopList(String title, List<TopEntry> entries) {}

    /**
     * Column of the table of buckets.
     *
     * @param classes for the style sheet: {@code n} for numbers, {@code o} for what phones leave out; null for none
     * @param key that a number is sorted by, empty where it is not known; null in a column of texts
     */
    public record Column(
            String title, String classes, Function<SavedRow, String> cell, Function<SavedRow, String> key) {
        public String text(SavedRow row) {
            return cell.apply(row);
        }

        public String sortKey(SavedRow row) {
            return key.apply(row);
        }
    }

    private final SavedReport report;

    HtmlPage(SavedReport report) {
        this.report = report;
    }

    public SavedReport report() {
        return report;
    }

    public PageAssets assets() {
        return new PageAssets();
    }

    /** Script of the charts. */
    public String script() {
        return PageAssets.text(HtmlPage.class, "report.js");
    }

    /** Numbers for the charts, as JSON that ends no script element. */
    public String data() {
        return new ChartData(this).json();
    }

    public List<Total> totals() {
        SavedRow total = report.total();
        List<Total> totals = new ArrayList<>();
        totals.add(new Total("Size", size(total.bytes()), exact(total.bytes())));
        if (priced()) {
            totals.add(new Total(
                    "Cost of a month",
                    money(total.costPerMonth()) + " " + report.cost().currency(),
                    total.costGap() == null ? "" : "without a part: " + total.costGap()));
        }
        totals.add(new Total("Objects", count(total.objects()), ""));
        totals.add(new Total("Buckets", count((long) report.buckets().size()), ""));
        totals.add(new Total("Accounts", count((long) report.accounts().size()), ""));
        if (total.noncurrentBytes() != null) {
            totals.add(new Total(
                    "Noncurrent versions",
                    size(total.noncurrentBytes()),
                    count(total.noncurrentVersions()) + " versions, " + count(total.deleteMarkers())
                            + " delete markers"));
        }
        if (total.uploadBytes() != null) {
            totals.add(new Total("Incomplete uploads", size(total.uploadBytes()), count(total.uploads()) + " uploads"));
        }
        return totals;
    }

    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(text("Bucket", null, SavedRow::bucket));
        columns.add(text("Account", "o", this::account));
        columns.add(text("Region", "o", row -> Objects.requireNonNullElse(row.region(), UNKNOWN)));
        columns.add(text("Created", "o", row -> day(row.creationDate())));
        columns.add(text("Last modified", "o", row -> day(row.lastModified())));
        columns.add(number("Objects", SavedRow::objects, this::count));
        columns.add(number("Size", SavedRow::bytes, this::size));
        if (report.total().noncurrentBytes() != null) {
            columns.add(number("Noncurrent", SavedRow::noncurrentBytes, this::size));
        }
        if (report.total().uploadBytes() != null) {
            columns.add(number("Uploads", SavedRow::uploadBytes, this::size));
        }
        if (priced()) {
            columns.add(new Column(
                    report.cost().currency() + " a month",
                    "n",
                    row -> money(row.costPerMonth()) + (row.costGap() == null ? "" : " (" + row.costGap() + ")"),
                    row -> row.costPerMonth() == null ? "" : row.costPerMonth().toPlainString()));
        }
        columns.add(text("Status", null, this::status));
        return columns;
    }

    private static Column text(String title, String classes, Function<SavedRow, String> cell) {
        return new Column(title, classes, cell, row -> null);
    }

    private static Column number(String title, Function<SavedRow, Long> value, Function<Long, String> words) {
        return new Column(
                title, "n", value.andThen(words), value.andThen(number -> number == null ? "" : number.toString()));
    }

    public List<TopList> lists() {
        SavedRow total = report.total();
        return Stream.of(
                        new TopList("Largest objects", total.largestObjects()),
                        new TopList("Newest objects", total.newestObjects()),
                        new TopList("Oldest objects", total.oldestObjects()),
                        new TopList("Smallest objects", total.smallestObjects()))
                .filter(list -> !list.entries().isEmpty())
                .toList();
    }

    public List<Slice> classes() {
        return report.total().storageClasses().entrySet().stream()
                .map(entry -> new Slice(
                        entry.getKey(),
                        entry.getValue().objects(),
                        entry.getValue().bytes()))
                .toList();
    }

    public List<Slice> ages() {
        return Slices.byAge(report.total().ageHistogram());
    }

    public List<Slice> sizes() {
        return Slices.bySize(report.total().sizeHistogram());
    }

    /** Tells whether something is said in money. */
    public boolean priced() {
        return report.cost() != null && report.cost().prices() != null;
    }

    /** An amount to the cent. */
    public String money(BigDecimal amount) {
        return amount == null ? UNKNOWN : MonthlyCost.words(amount);
    }

    /** A lifecycle configuration, as text to copy. */
    public String lifecycle(Finding finding) {
        return Json.dumps(finding.lifecycle());
    }

    public String filter() {
        return report.filter().entrySet().stream()
                .map(term -> "--" + term.getKey() + "=" + term.getValue())
                .collect(joining(" "));
    }

    public String seconds() {
        return String.format(Locale.ROOT, "%.1f", report.elapsedSeconds());
    }

    public String account(SavedRow row) {
        return row.accountId() == null ? UNKNOWN : row.accountId();
    }

    /** The status in words, with the reason where there is one. */
    public String status(SavedRow row) {
        String status = String.valueOf(row.status()).replace('_', ' ');
        return row.complete() ? status : status + ": " + row.error();
    }

    /** A key on one line, as control characters would not be seen. */
    public String visible(String key) {
        return TerminalText.escape(key);
    }

    public String size(Long bytes) {
        return bytes == null ? UNKNOWN : SizeUnit.AUTO.format(bytes);
    }

    public String exact(Long bytes) {
        return bytes == null ? "" : count(bytes) + " bytes";
    }

    public String count(Long number) {
        return number == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", number);
    }

    public String day(Instant instant) {
        return instant == null ? UNKNOWN : instant.toString().substring(0, 10);
    }

    public String time(Instant instant) {
        return instant == null
                ? UNKNOWN
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
