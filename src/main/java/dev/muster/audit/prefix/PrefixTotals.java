package dev.muster.audit.prefix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.audit.stats.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Totals per prefix of a bucket, or of a part of it, with at most K prefixes. Totals of disjoint parts add up in any order
 * and grouping. Immutable; readable by Jackson.
 *
 * <h2>The idea</h2>
 *
 * Each row holds what is directly in its prefix; a prefix's total is the sum of the rows below it. So a row is dropped by
 * adding it to the {@code other} of its parent: no total above it changes, and all totals together are exact, whatever is
 * dropped when. What can be wrong is only where something is said to lie: in {@code a/b/}, or in the {@code (other)} of
 * {@code a/}, because {@code a/b/} was not named yet, or any more, when it was counted.
 *
 * <p>With K = 2 and pages that hold
 *
 * <pre>
 *   a/b/ 5 bytes    a/c/ 1 byte    d/ 9 bytes
 * </pre>
 *
 * the rows that stay are {@code a/} (6 bytes) and {@code d/}: in {@code a/} there are 6 bytes in {@code (other)}.
 *
 * <h2>Which K stay</h2>
 *
 * The largest so far are not enough: in a bucket of many large prefixes, one that is listed late would be dropped after each
 * of its pages, and never be named, however large it is. So half of the rows are chosen as Misra and Gries do. Every row has
 * a credit: all that was counted below it, less what it was charged. When there are more than K rows, each is charged the
 * credit of the one at place K/4 + 1 (or all it has), and those with credit left stay: by size, and once more by number. The
 * places that this leaves free, half of them or more, go to the largest so far, by size and by number. A parent's credit is
 * never less than that of a prefix below it, so that parents stay with them.
 *
 * <h2>The bound</h2>
 *
 * A charge v is paid in full by at least K/4 + 1 rows, and all that can ever be charged is what was counted, N, once on each
 * of the levels. So the sum E of all charges is at most {@code levels * N / (K/4 + 1)}. A prefix has lost at most its
 * charges, so of any prefix at most E lies elsewhere than under its name. In words: a prefix with more than E bytes (objects)
 * is named, and its total is short by at most E. {@link #sizeError()} and {@link #thingsError()} are the E that a run really
 * had, 0 where nothing was dropped. Merging adds the E of both, and the bound holds for the sum.
 *
 * <p>"Size" means bytes of objects, noncurrent versions and uploads, "things" their number with delete markers.
 *
 * <h2>Cost</h2>
 *
 * Rows that arrive wait until they are as many as the rows there are, and are then sorted in: each is touched about as often
 * as the logarithm of the pages says, and there are never more than 2 K + 256 rows, besides those that arrive.
 *
 * <p>Sources: J. Misra and D. Gries, Finding repeated elements (1982); P. Agarwal et al., Mergeable summaries (2012); G. Cormode
 * et al., Finding hierarchical heavy hitters in data streams (2003), for adding what is dropped to its parent.
 */
public final class PrefixTotals {
    private static final Comparator<PrefixRow> ORDER = (a, b) -> Arrays.compareUnsigned(a.prefix(), b.prefix());
    private static final int FEW = 256;

    /** Rows that wait to be sorted in, the latest first. */
    private static final class Waiting {
        private final PrefixRow[] rows;
        private final Waiting before;

        private Waiting(PrefixRow[] rows, Waiting before) {
            this.rows = rows;
            this.before = before;
        }
    }

    private final int most;
    /** In byte order, each once, with their parents; the root is the first. */
    private final PrefixRow[] sorted;

    private final Waiting waiting;
    private final int waitingRows;
    private final long sizeError;
    private final long thingsError;

    private PrefixTotals(
            int most, PrefixRow[] sorted, Waiting waiting, int waitingRows, long sizeError, long thingsError) {
        this.most = most;
        this.sorted = sorted;
        this.waiting = waiting;
        this.waitingRows = waitingRows;
        this.sizeError = sizeError;
        this.thingsError = thingsError;
    }

    /** Totals of the rows of a page, in any order, the root among them. */
    static PrefixTotals of(int most, List<PrefixRow> rows) {
        PrefixRow[] all = rows.toArray(PrefixRow[]::new);
        boolean inOrder = true;
        for (int i = 1; i < all.length; i++) {
            inOrder &= ORDER.compare(all[i - 1], all[i]) < 0;
        }
        PrefixTotals totals = inOrder
                ? new PrefixTotals(most, all, null, 0, 0, 0)
                : new PrefixTotals(most, new PrefixRow[0], new Waiting(all, null), all.length, 0, 0);
        return inOrder && all.length <= most + 1 ? totals : totals.compact();
    }

    /** Totals of nothing. */
    public static PrefixTotals none() {
        return of(4, Map.of());
    }

    /** Totals of groups, which are the prefixes of a tree of one level. */
    static PrefixTotals of(int most, Map<String, PrefixSum> groups) {
        List<PrefixRow> rows = new ArrayList<>(List.of(PrefixRow.begin(new byte[0], 0)));
        groups.forEach((name, sum) -> rows.add(new PrefixRow(name.getBytes(UTF_8), 1, sum, null, 0, 0)));
        return of(most, rows);
    }

    @JsonCreator
    static PrefixTotals of(
            @JsonProperty("most") int most,
            @JsonProperty("rows") List<PrefixRow> rows,
            @JsonProperty("sizeError") long sizeError,
            @JsonProperty("thingsError") long thingsError) {
        List<PrefixRow> parents = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            PrefixRow row = rows.get(i);
            boolean inPlace = i == 0
                    ? row.level() == 0
                    : row.level() >= 1
                            && row.level() <= parents.size()
                            && row.isBelow(parents.get(row.level() - 1))
                            && ORDER.compare(rows.get(i - 1), row) < 0;
            if (!inPlace) {
                throw new IllegalArgumentException("a prefix is not below its parent");
            }
            parents.subList(row.level(), parents.size()).clear();
            parents.add(row);
        }
        if (rows.isEmpty() || most < 4 || sizeError < 0 || thingsError < 0) {
            throw new IllegalArgumentException("totals without a root, or with wrong bounds");
        }
        return new PrefixTotals(most, rows.toArray(PrefixRow[]::new), null, 0, sizeError, thingsError);
    }

    @JsonProperty("most")
    int most() {
        return most;
    }

    @JsonProperty("rows")
    List<PrefixRow> rows() {
        return List.of(compact().sorted);
    }

    /** The most bytes of one prefix that may lie elsewhere than under its name. */
    @JsonProperty("sizeError")
    public long sizeError() {
        return compact().sizeError;
    }

    /** The most objects, versions and uploads of one prefix that may lie elsewhere than under its name. */
    @JsonProperty("thingsError")
    public long thingsError() {
        return compact().thingsError;
    }

    /** The sum of the two. */
    public PrefixTotals plus(PrefixTotals other) {
        Waiting all = waiting;
        for (Waiting more = other.waiting; more != null; more = more.before) {
            all = new Waiting(more.rows, all);
        }
        all = new Waiting(other.sorted, all);
        int rows = waitingRows + other.waitingRows + other.sorted.length;
        PrefixTotals sum = new PrefixTotals(
                Math.max(most, other.most),
                sorted,
                all,
                rows,
                Sums.add(sizeError, other.sizeError),
                Sums.add(thingsError, other.thingsError));
        return rows > Math.max(FEW, sorted.length) ? sum.compact() : sum;
    }

    /** The tree of prefixes, each with its total. */
    public PrefixNode tree() {
        return PrefixNode.tree(rows());
    }

    /** The same with all rows sorted in, and no more than K besides the root. */
    private PrefixTotals compact() {
        if (waiting == null && sorted.length <= most + 1) {
            return this;
        }
        PrefixRow[] rows = waiting == null ? sorted : sortedIn();
        if (rows.length <= most + 1) {
            return new PrefixTotals(most, rows, null, 0, sizeError, thingsError);
        }
        RowSelection selection = new RowSelection(rows, most);
        return new PrefixTotals(
                most,
                selection.kept(),
                null,
                0,
                Sums.add(sizeError, selection.sizeCharge()),
                Sums.add(thingsError, selection.thingsCharge()));
    }

    /** Sorting finds the runs that are sorted already. */
    private PrefixRow[] sortedIn() {
        PrefixRow[] all = Arrays.copyOf(sorted, sorted.length + waitingRows);
        int end = sorted.length;
        for (Waiting more = waiting; more != null; more = more.before) {
            System.arraycopy(more.rows, 0, all, end, more.rows.length);
            end += more.rows.length;
        }
        Arrays.sort(all, ORDER);
        int last = 0;
        for (int i = 1; i < all.length; i++) {
            if (ORDER.compare(all[last], all[i]) == 0) {
                all[last] = all[last].plus(all[i]);
            } else {
                all[++last] = all[i];
            }
        }
        return all.length == 0 ? all : Arrays.copyOf(all, last + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrefixTotals that
                && most == that.most
                && rows().equals(that.rows())
                && sizeError() == that.sizeError()
                && thingsError() == that.thingsError();
    }

    @Override
    public int hashCode() {
        return rows().hashCode();
    }

    @Override
    public String toString() {
        return rows().size() + " prefixes, " + tree().total();
    }
}
