package dev.muster.report.diff;

import dev.muster.report.diff.Change.Amount;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedRow;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Changes from one audit to a later one of the same estate.
 *
 * @param total keyed by the empty text
 * @param accounts the accounts by id; an empty id is an unknown one
 * @param prefixes those that both reports name: one that is missing may only be too small to be named
 * @param storageClasses of the whole estate
 */
public record ReportDiff(
        SavedReport before,
        SavedReport after,
        Change<String> total,
        List<Change<String>> accounts,
        List<Change<BucketKey>> buckets,
        List<Change<PrefixKey>> prefixes,
        List<Change<String>> storageClasses) {

    /** A bucket of an account, whose id is empty if unknown. */
    public record BucketKey(String account, String bucket) implements Comparable<BucketKey> {
        private static final Comparator<BucketKey> ORDER =
                Comparator.comparing(BucketKey::account).thenComparing(BucketKey::bucket);

        @Override
        public int compareTo(BucketKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** A prefix in a bucket. */
    public record PrefixKey(BucketKey bucket, String prefix) implements Comparable<PrefixKey> {
        private static final Comparator<PrefixKey> ORDER =
                Comparator.comparing(PrefixKey::bucket).thenComparing(PrefixKey::prefix);

        @Override
        public int compareTo(PrefixKey other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The changes from one report to another.
     *
     * @throws IllegalArgumentException if the runs do not follow each other; the message says why
     */
    public static ReportDiff of(SavedReport before, SavedReport after) {
        if (before.startedAt() == null || after.startedAt() == null) {
            throw new IllegalArgumentException(
                    "a report does not say when its run started: give reports of muster audit");
        } else if (!before.startedAt().isBefore(after.startedAt())) {
            throw new IllegalArgumentException(
                    before.startedAt().equals(after.startedAt())
                            ? "both reports are of the run of " + before.startedAt() + ": give two runs"
                            : "the first report is of " + before.startedAt() + ", the second of " + after.startedAt()
                                    + ": give the earlier one first");
        }
        return new ReportDiff(
                before,
                after,
                new Change<>("", amount(before.total()), amount(after.total())),
                Change.between(accounts(before), accounts(after)),
                Change.between(buckets(before), buckets(after)),
                Change.between(prefixes(before), prefixes(after)).stream()
                        .filter(change -> !change.isNew() && !change.isVanished())
                        .toList(),
                Change.between(classes(before), classes(after)));
    }

    private static SortedMap<String, Amount> accounts(SavedReport report) {
        return amounts(report.accounts(), row -> text(row.accountId()));
    }

    private static SortedMap<BucketKey, Amount> buckets(SavedReport report) {
        return amounts(report.buckets(), row -> new BucketKey(text(row.accountId()), text(row.bucket())));
    }

    private static SortedMap<PrefixKey, Amount> prefixes(SavedReport report) {
        SortedMap<PrefixKey, Amount> amounts = new TreeMap<>();
        for (SavedRow row : report.buckets()) {
            BucketKey bucket = new BucketKey(text(row.accountId()), text(row.bucket()));
            row.prefixes().stream()
                    .filter(line -> line.named() && line.level() > 0)
                    .forEach(line -> amounts.put(
                            new PrefixKey(bucket, line.prefix()), new Amount(line.objects(), line.bytes())));
        }
        return amounts;
    }

    private static <K> SortedMap<K, Amount> amounts(List<SavedRow> rows, Function<SavedRow, K> key) {
        SortedMap<K, Amount> amounts = new TreeMap<>();
        rows.forEach(row -> amounts.put(key.apply(row), amount(row)));
        return amounts;
    }

    private static SortedMap<String, Amount> classes(SavedReport report) {
        SortedMap<String, Amount> amounts = new TreeMap<>();
        report.total()
                .storageClasses()
                .forEach((name, sum) -> amounts.put(name, new Amount(sum.objects(), sum.bytes())));
        return amounts;
    }

    private static Amount amount(SavedRow row) {
        return new Amount(row.objects(), row.bytes());
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }

    /** Tells whether both reports are complete; otherwise a change may be a gap in either. */
    public boolean complete() {
        return before.complete() && after.complete();
    }

    /** Time between the starts of the runs; positive. */
    public Duration elapsed() {
        return Duration.between(before.startedAt(), after.startedAt());
    }

    public List<Change<BucketKey>> newBuckets() {
        return buckets.stream().filter(Change::isNew).toList();
    }

    public List<Change<BucketKey>> vanishedBuckets() {
        return buckets.stream().filter(Change::isVanished).toList();
    }

    /** Bytes by which the estate grows per 24 hours; empty if unknown. */
    public OptionalLong bytesPerDay() {
        OptionalLong change = total.bytes();
        return change.isEmpty() ? change : OptionalLong.of(Growth.perDay(change.getAsLong(), elapsed()));
    }
}
