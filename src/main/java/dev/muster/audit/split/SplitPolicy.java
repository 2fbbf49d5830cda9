package dev.muster.audit.split;

import dev.muster.audit.split.PivotCandidates.GallopingPivot;
import dev.muster.audit.split.RangeEstimate.Boundary;
import dev.muster.audit.split.RangeEstimate.RemainingWork;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Decides where the rest of a range of keys is split, so that idle listers find work.
 *
 * <p><b>Idea.</b> A server lists a bucket in byte order, a thousand keys per request, and each request needs the last
 * key of the one before: a single lister takes as many round trips as there are pages. But the server also lists what
 * follows a key that does not exist. So a bucket can be split at any key, a <em>pivot</em>, and the parts can be listed
 * at the same time. Nobody knows where the keys are; each page tells something, and whenever one comes back and listers
 * are idle, what is left of its range is split again. Any pivot is right: a bad one costs a request that finds nothing,
 * never a key.
 *
 * <p><b>Example.</b> A bucket holds {@code users/00000/avatar.png}, {@code users/00005/avatar.png} and so on up to
 * {@code users/99995/avatar.png}, 20 pages; there are four listers.
 *
 * <ol>
 *   <li>The first page ends at {@code users/04995/avatar.png}. Its keys part at digits: {@link AlphabetIndex} has
 *       seen which, and that {@code users/} and {@code /avatar.png} never vary. Where the bucket ends is unknown, so
 *       {@link PivotCandidates} looks at the siblings of the path to the last key. Next to nothing is known, one pivot
 *       must do: {@code users/6}. Ranges: {@code (users/04995/avatar.png, users/6]} and {@code (users/6, end]}.
 *   <li>Both pages are full: {@code users/6} was a good pivot, and {@link SplitBudget} allows more. Of the left
 *       range the next digits are still unknown; {@link PivotCandidates.GallopingPivot} steps as far ahead as was
 *       listed, to {@code users/0B}: an empty range, one request lost. It teaches that nothing follows {@code
 *       users/09}.
 *   <li>The page behind {@code users/6} ends at {@code users/69995/avatar.png}: {@code users/6B}, lost again, and
 *       {@code users/9}, which holds two pages.
 *   <li>At {@code users/29995/avatar.png} the end of the range is near: keys are known to go on right behind {@code
 *       users/6}. So they are taken to be dense up to there, and {@link KeyInterpolator} computes equal parts from the
 *       digits seen: {@code users/3} and {@code users/494}.
 * </ol>
 *
 * <p>After 26 requests in ten rounds, instead of 20 in 20, all is listed. With more pages the lost requests weigh less.
 *
 * <p><b>How many pieces.</b> A range gets as many as its share of what is left in the bucket is worth listers
 * ({@link KeyDistribution#fairShare}). What is left is estimated from the density of the page, and from how far earlier
 * estimates were wrong ({@link RangeEstimate.RemainingWork}).
 *
 * <p><b>Cost.</b> Each range costs half a page on average, as its last page is not full, and an empty one costs a
 * request. The budget keeps such requests at four times the square root of the pages; in simulation a thousand pages
 * cost 1.15 requests a page at most on nearly all layouts, 64 listers need at most 1.6 times the ideal time, and a
 * bucket of one page costs one request.
 *
 * <p><b>Sources.</b> Work stealing, in which idle workers take half of what another has left (Blumofe and Leiserson,
 * 1999); interpolation search (Perl, Itai and Avni, 1978); galloping where the end is unknown (Bentley and Yao, 1976).
 *
 * <p>Stateless: all knowledge of a bucket is in the {@link KeyDistribution} that is handed in. Equal knowledge leads to
 * equal decisions.
 */
public final class SplitPolicy {
    /** Least number of pages of a piece, as each piece costs half a page more. */
    private static final double SMALLEST_PIECE = 2.5;

    /** Smallest piece, in pages, that is worth its request when nothing is certain. */
    private static final double SMALLEST_UNPROVEN_PIECE = 4;

    /** When fewer pages than this are left for each lister, the end is near and smaller pieces pay. */
    private static final double LAST_SHARE = 2;

    private static final double SMALLEST_LAST_PIECE = 1.6;

    /** Pages to the first pivot while almost nothing is known. */
    private static final double FIRST_STEP = 8;

    /**
     * The end of a range may be far from its last key: the rest is taken to be at most this many times what was listed.
     */
    private static final double MOST_PER_LISTED = 16;

    private static final double MOST_AT_FIRST = 64;
    private static final double LEAST_PAGES = 0.3;

    /**
     * An estimate this many times above that maximum comes from a wrong idea of the keys, and is no reason for equal
     * parts.
     */
    private static final double FAR_FETCHED = 100;

    /** Rounds through all ranges with most listers idle after which the knowledge of the keys is considered useless. */
    private static final double LONG_IDLE_ROUNDS = 2.5;

    /** Idle listers for each busy one at which nearly all count as idle. */
    private static final int NEARLY_ALL = 8;

    /** Most equal parts of one range at once if only its two ends are proven. */
    private static final int MOST_UNPROVEN_PARTS = 8;

    /** Most candidates used for one range at once: the keys found there show better where the next pivots belong. */
    private static final int MOST_CANDIDATES = 6;

    /**
     * The next steps in a bucket.
     *
     * @param ranges the rest of the listed range in ascending order, each of its keys in exactly one range; empty if
     *     none is left
     * @param probes requests that may run beside the listing
     */
    public record SplitDecision(List<KeyRange> ranges, List<Probe> probes) {
        static final SplitDecision NONE = new SplitDecision(List.of(), List.of());

        public SplitDecision {
            ranges = List.copyOf(ranges);
            probes = List.copyOf(probes);
        }
    }

    /** The ranges to list first: the whole bucket, or as many parts as the quantiles of an earlier run allow. */
    public List<KeyRange> start(KeyDistribution keys, int listers) {
        List<String> quantiles = keys.earlierQuantiles();
        int pieces = (int) Math.max(1, Math.min(listers, quantiles.size() / SMALLEST_PIECE));
        NavigableSet<String> pivots = new TreeSet<>(Keys::compare);
        for (int i = 1; i < pieces; i++) {
            String quantile = quantiles.get(i * quantiles.size() / pieces);
            if (Keys.acceptable(quantile)) {
                pivots.add(quantile);
            }
        }
        RangeEstimate whole = RangeEstimate.unknown(KeyRange.ALL);
        return new RangeSplitter(keys, KeyRange.ALL, whole, quantiles.size(), true).fresh(pivots);
    }

    /**
     * The steps that follow from a listed page.
     *
     * @param spare number of idle listers beyond the tasks in the queue, including the one that brings the page
     */
    public SplitDecision next(KeyDistribution keys, KeyRange range, ListedPage page, int spare) {
        RangeEstimate expected = keys.takeBack(range);
        int[][] sample = keys.learn(expected, range, page);
        double idleRounds = keys.idleRounds(spare);
        if (!page.more()) {
            return SplitDecision.NONE;
        }
        KeyRange rest = new KeyRange(page.last(), range.upTo());
        RemainingWork remaining = RemainingWork.of(keys, expected, range, page);
        double pages = Math.max(LEAST_PAGES, Math.min(remaining.pages(), mostBelieved(keys)));
        int pieces = pieces(keys, pages, spare, idleRounds);
        boolean pastFirstPages = keys.budget.pastFirstPages(keys.ranges());
        List<Probe> probes = spare > 1 && pastFirstPages
                ? Probe.worthwhile(keys, remaining.interpolator(), rest, page, remaining.density())
                : List.of();
        NavigableSet<String> pivots = new TreeSet<>(Keys::compare);
        pivots(keys, remaining, sample, pages, pieces, spare).stream()
                .filter(rest::divisibleAt)
                .forEach(pivots::add);
        GallopingPivot galloping = GallopingPivot.behind(
                expected, sample, rest, remaining.interpolator().space());
        boolean longIdle = idleRounds > LONG_IDLE_ROUNDS && spare > keys.ranges();
        boolean blind = pivots.isEmpty() || longIdle || (expected.unproven() && !remaining.dense() && pastFirstPages);
        if (pieces > 1 && blind && !galloping.pivot.isEmpty()) {
            pivots.add(galloping.pivot);
        }
        boolean nearlyAllIdle = spare > NEARLY_ALL * keys.ranges();
        if (pieces > 1 && longIdle && nearlyAllIdle && keys.budget.affordsIdleness(keys.ranges())) {
            GallopingPivot.several(sample, remaining.interpolator().space()).stream()
                    .filter(rest::divisibleAt)
                    .forEach(pivots::add);
        }
        List<KeyRange> ranges = new RangeSplitter(keys, rest, expected, pages, remaining.dense())
                .continued(
                        pivots,
                        remaining.interpolator(),
                        galloping.origin,
                        sample,
                        remaining.surplus() / (1 + pivots.size()));
        return new SplitDecision(ranges, probes);
    }

    /** Takes the answer to a probe: the common prefixes, ascending; a truncated answer is not used. */
    public void probed(KeyDistribution keys, Probe probe, List<String> commonPrefixes, boolean truncated) {
        keys.budget.probed();
        if (!truncated && !commonPrefixes.isEmpty()) {
            keys.prefixes.addNames(probe.prefix(), commonPrefixes);
        }
    }

    private static double mostBelieved(KeyDistribution keys) {
        return MOST_AT_FIRST + MOST_PER_LISTED * keys.budget.pages();
    }

    /** The range's fair share of the listers, which grows the longer some of them have been idle. */
    private static int pieces(KeyDistribution keys, double pages, int spare, double idleRounds) {
        if (spare <= 1) {
            return 1;
        }
        int ranges = keys.ranges();
        int affordable = 1 + keys.budget.affordablePivots(ranges, keys.pending(), pages);
        if (!keys.budget.pastFirstPages(ranges)) {
            return Math.min(spare, affordable);
        }
        double fair = keys.fairShare(pages, spare);
        double smallest = fair < LAST_SHARE ? SMALLEST_LAST_PIECE : SMALLEST_PIECE;
        double piece = Math.max(smallest, fair / Math.pow(1.5, Math.max(0, idleRounds - 1)));
        int worth = (int) (pages / piece + 0.5);
        boolean mostIdle = spare > ranges;
        if (mostIdle || pages > 2 * SMALLEST_PIECE) {
            affordable = Math.max(affordable, 2);
        }
        if (mostIdle) {
            worth = Math.max(worth, 2);
        }
        return Math.max(1, Math.min(Math.min(spare, affordable), worth));
    }

    private static List<String> pivots(
            KeyDistribution keys, RemainingWork remaining, int[][] sample, double pages, int pieces, int spare) {
        if (pieces <= 1) {
            return List.of();
        }
        KeyInterpolator interpolator = remaining.interpolator();
        if (remaining.dense() && remaining.pages() < FAR_FETCHED * mostBelieved(keys)) {
            int parts = interpolator.hasPrefixes() ? pieces : Math.min(pieces, MOST_UNPROVEN_PARTS);
            return equalParts(interpolator, pages, parts);
        }
        int deepest = Keys.commonPrefix(sample[0], sample[sample.length - 1]);
        double page = 1 / remaining.density();
        double idle = spare / (spare + keys.ranges() + 1.0);
        return !keys.budget.pastFirstPages(keys.ranges())
                ? new PivotCandidates(keys.alphabets, interpolator.space(), deepest, FIRST_STEP * page).few(pieces - 1)
                : new PivotCandidates(keys.alphabets, interpolator.space(), deepest, SMALLEST_UNPROVEN_PIECE * page)
                        .many(Math.min(pieces - 1, MOST_CANDIDATES), idle);
    }

    /** Parts of slightly less than whole pages, so that the last page of a part is full if the estimate is right. */
    private static List<String> equalParts(KeyInterpolator interpolator, double pages, int parts) {
        double each = Math.max(1, pages / parts);
        double page = interpolator.width() / pages;
        List<String> pivots = new ArrayList<>();
        double reached = 0;
        for (int i = 1; i < parts; i++) {
            reached = each > 40 ? i * each : reached + Math.ceil(i * each - reached) - 0.1;
            pivots.add(interpolator.at(reached * page, each * page, Math.max(0.03, each / 100) * page));
        }
        return pivots;
    }

    /** Splits a range into contiguous pieces: each ends at a pivot, the last where the range ends. */
    private static final class RangeSplitter {
        private final KeyDistribution keys;
        private final KeyRange rest;
        private final RangeEstimate expected;
        private final double pages;
        private final boolean dense;
        private final List<KeyRange> pieces = new ArrayList<>();

        RangeSplitter(KeyDistribution keys, KeyRange rest, RangeEstimate expected, double pages, boolean dense) {
            this.keys = keys;
            this.rest = rest;
            this.expected = expected;
            this.pages = pages;
            this.dense = dense;
        }

        /** Splits a range of which nothing is listed yet into pieces of equal estimated size. */
        List<KeyRange> fresh(NavigableSet<String> pivots) {
            double each = pages / (pivots.size() + 1);
            String after = rest.after();
            Boundary start = null;
            for (String pivot : pivots) {
                Boundary end = new Boundary();
                handOut(after, pivot, RangeEstimate.fresh(start, end, null, each, true));
                after = pivot;
                start = end;
            }
            handOut(after, rest.upTo(), RangeEstimate.fresh(start, expected.end, null, each, true));
            return pieces;
        }

        /**
         * Splits what is left after a page into pieces weighed by the interpolator; the first continues where the page
         * ended.
         */
        List<KeyRange> continued(
                NavigableSet<String> pivots,
                KeyInterpolator interpolator,
                int[] origin,
                int[][] sample,
                double surplus) {
            String after = rest.after();
            Boundary start = null;
            double done = 0;
            for (String pivot : pivots) {
                double reached = interpolator.width() > 0
                        ? Math.max(done, Math.min(1, interpolator.from(pivot) / interpolator.width()))
                        : done;
                Boundary end = new Boundary();
                handOut(after, pivot, piece(start, end, pages * (reached - done), dense, origin, sample, surplus));
                after = pivot;
                start = end;
                done = reached;
            }
            boolean last = pivots.isEmpty() ? expected.dense : dense;
            handOut(after, rest.upTo(), piece(start, expected.end, pages * (1 - done), last, origin, sample, surplus));
            keys.budget.split(pivots.size());
            return pieces;
        }

        private RangeEstimate piece(
                Boundary start,
                Boundary end,
                double share,
                boolean toItsEnd,
                int[] origin,
                int[][] sample,
                double surplus) {
            return start == null
                    ? expected.continued(end, share, sample, surplus, toItsEnd)
                    : RangeEstimate.fresh(start, end, origin, share, toItsEnd);
        }

        private void handOut(String after, String upTo, RangeEstimate piece) {
            KeyRange range = new KeyRange(after, upTo);
            keys.handOut(range, piece);
            pieces.add(range);
        }
    }
}
