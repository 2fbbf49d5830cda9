package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Decides where the rest of a range is cut, so that idle listers find work. Stateless: what it knows of a bucket is in the
 * {@link KeyDistribution} that is handed in, which learns from each page. Equal knowledge leads to equal answers.
 *
 * <p>A range gets as many pieces as its share of what seems to be left in the bucket is worth listers, within the
 * {@link SplitBudget}. Where keys are thought to be dense up to its end it is cut in equal parts; else by a {@link PivotCandidates}
 * and by a {@link GallopingPivot}. Whatever is chosen, the pieces together hold each key of the rest exactly once.
 */
public final class SplitPolicy {
    /** Pages that a piece should hold at least, for each costs half a page more. */
    private static final double SMALLEST_PIECE = 2.5;

    /** Where nothing is sure, a smaller piece costs more than it gives. */
    private static final double GUESSED_PIECE = 4;

    /** Once there are fewer pages left for each lister than this, the end is near, and smaller pieces pay. */
    private static final double LAST_SHARE = 2;

    private static final double LAST_PIECE = 1.6;

    /** Pages to the first cut while next to nothing is known. */
    private static final double FIRST_STEP = 8;

    /** A supposed end without keys near it may be far off: no more than so many times what was listed is believed. */
    private static final double MOST_PER_LISTED = 16;

    private static final double MOST_AT_FIRST = 64;
    private static final double LEAST_ESTIMATE = 0.3;

    /** An estimate so many times what is believed at most comes of a wrong idea of the keys: no place for equal parts. */
    private static final double FAR_FETCHED = 100;

    /** When most listers have been idle for so many rounds through all ranges, what is known of the keys is of no help. */
    private static final double LONG_IDLE_ROUNDS = 2.5;

    /** So many idle listers for each busy one make nearly all of them. */
    private static final int NEARLY_ALL = 8;

    /** Equal parts of one range at once where nothing but its two ends is proven. */
    private static final int MOST_UNPROVEN = 8;

    /** Cuts by guess of one range at once: what they hit tells better where the next ones belong. */
    private static final int MOST_GUESSES = 6;

    /** What to list first: the whole bucket, or as many parts as earlier quantiles allow. */
    public List<KeyRange> start(KeyDistribution knowledge, int listers) {
        List<String> quantiles = knowledge.earlierQuantiles();
        int pieces = (int) Math.max(1, Math.min(listers, quantiles.size() / SMALLEST_PIECE));
        NavigableSet<String> cuts = new TreeSet<>(Keys::compare);
        for (int i = 1; i < pieces; i++) {
            String quantile = quantiles.get(i * quantiles.size() / pieces);
            if (Keys.acceptable(quantile)) {
                cuts.add(quantile);
            }
        }
        RangeEstimate whole = RangeEstimate.unknown(KeyRange.ALL);
        return new RangeSplitter(knowledge, KeyRange.ALL, whole, quantiles.size(), true).fresh(cuts);
    }

    /**
     * What follows from a listed page.
     *
     * @param spare how many listers more than the queue holds tasks stand idle, the one that brings the page among them
     */
    public SplitDecision next(KeyDistribution knowledge, KeyRange range, ListedPage page, int spare) {
        RangeEstimate stretch = knowledge.takeBack(range);
        int[][] keys = knowledge.learn(stretch, range, page);
        double idleRounds = knowledge.idleRounds(spare);
        if (!page.more()) {
            return SplitDecision.NONE;
        }
        KeyRange rest = new KeyRange(page.last(), range.upTo());
        RemainingWork outlook = RemainingWork.of(knowledge, stretch, range, page);
        double estimate = Math.max(LEAST_ESTIMATE, Math.min(outlook.estimate(), mostBelieved(knowledge)));
        int pieces = pieces(knowledge, estimate, spare, idleRounds);
        boolean pastFirstPages = knowledge.budget.pastFirstPages(knowledge.ranges());
        List<Probe> probes = spare > 1 && pastFirstPages
                ? PrefixProbes.toProbe(knowledge, outlook.chart(), rest, page, outlook.density())
                : List.of();
        NavigableSet<String> cuts = new TreeSet<>(Keys::compare);
        cuts(knowledge, outlook, keys, estimate, pieces, spare).stream()
                .filter(rest::divisibleAt)
                .forEach(cuts::add);
        GallopingPivot gallop =
                GallopingPivot.behind(stretch, keys, rest, outlook.chart().space());
        boolean longIdle = idleRounds > LONG_IDLE_ROUNDS && spare > knowledge.ranges();
        boolean groping = cuts.isEmpty() || longIdle || (stretch.guessed() && !outlook.dense() && pastFirstPages);
        if (pieces > 1 && groping && !gallop.cut.isEmpty()) {
            cuts.add(gallop.cut);
        }
        boolean nearlyAll = spare > NEARLY_ALL * knowledge.ranges();
        if (pieces > 1 && longIdle && nearlyAll && knowledge.budget.bold(knowledge.ranges())) {
            GallopingPivot.bold(keys, outlook.chart().space()).stream()
                    .filter(rest::divisibleAt)
                    .forEach(cuts::add);
        }
        List<KeyRange> ranges = new RangeSplitter(knowledge, rest, stretch, estimate, outlook.dense())
                .continued(cuts, outlook.chart(), gallop.origin, keys, outlook.surplus() / (1 + cuts.size()));
        return new SplitDecision(ranges, probes);
    }

    /** Takes in the answer to a probe: the common prefixes, ascending; no use is made of a truncated one. */
    public void probed(KeyDistribution knowledge, Probe probe, List<String> commonPrefixes, boolean truncated) {
        knowledge.budget.probed();
        if (!truncated && !commonPrefixes.isEmpty()) {
            knowledge.landmarks.addNames(probe.prefix(), commonPrefixes);
        }
    }

    private static double mostBelieved(KeyDistribution knowledge) {
        return MOST_AT_FIRST + MOST_PER_LISTED * knowledge.budget.pages();
    }

    /** The range's fair share of the listers; more for all the longer some of them have been idle all the same. */
    private static int pieces(KeyDistribution knowledge, double estimate, int spare, double idleRounds) {
        if (spare <= 1) {
            return 1;
        }
        int ranges = knowledge.ranges();
        int affordable = 1 + knowledge.budget.cutsAffordable(ranges, knowledge.pending(), estimate);
        if (!knowledge.budget.pastFirstPages(ranges)) {
            return Math.min(spare, affordable);
        }
        double fair = knowledge.fairShare(estimate, spare);
        double smallest = fair < LAST_SHARE ? LAST_PIECE : SMALLEST_PIECE;
        double piece = Math.max(smallest, fair / Math.pow(1.5, Math.max(0, idleRounds - 1)));
        int worth = (int) (estimate / piece + 0.5);
        boolean mostIdle = spare > ranges;
        if (mostIdle || estimate > 2 * SMALLEST_PIECE) {
            affordable = Math.max(affordable, 2);
        }
        if (mostIdle) {
            worth = Math.max(worth, 2);
        }
        return Math.max(1, Math.min(Math.min(spare, affordable), worth));
    }

    private static List<String> cuts(
            KeyDistribution knowledge, RemainingWork outlook, int[][] keys, double estimate, int pieces, int spare) {
        if (pieces <= 1) {
            return List.of();
        }
        if (outlook.dense() && outlook.estimate() < FAR_FETCHED * mostBelieved(knowledge)) {
            return equalParts(
                    outlook.chart(), estimate, outlook.chart().landmarked() ? pieces : Math.min(pieces, MOST_UNPROVEN));
        }
        KeySpace space = outlook.chart().space();
        int deepest = Keys.commonPrefix(keys[0], keys[keys.length - 1]);
        double page = 1 / outlook.density();
        double idle = spare / (spare + knowledge.ranges() + 1.0);
        return !knowledge.budget.pastFirstPages(knowledge.ranges())
                ? new PivotCandidates(knowledge.alphabets, space, deepest, FIRST_STEP * page).few(pieces - 1)
                : new PivotCandidates(knowledge.alphabets, space, deepest, GUESSED_PIECE * page)
                        .many(Math.min(pieces - 1, MOST_GUESSES), idle);
    }

    /** Parts of whole pages, less a little, so that a part's last page is a full one if the estimate is right. */
    private static List<String> equalParts(KeyInterpolator chart, double estimate, int pieces) {
        double each = Math.max(1, estimate / pieces);
        double page = chart.width() / estimate;
        List<String> cuts = new ArrayList<>();
        double pages = 0;
        for (int i = 1; i < pieces; i++) {
            pages = each > 40 ? i * each : pages + Math.ceil(i * each - pages) - 0.1;
            cuts.add(chart.at(pages * page, each * page, Math.max(0.03, each / 100) * page));
        }
        return cuts;
    }
}
