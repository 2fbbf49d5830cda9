package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/** Hands out the pieces of a range: contiguous, each but the last ending at a cut, the last where the range ends. */
final class RangeSplitter {
    private final KeyDistribution knowledge;
    private final KeyRange rest;
    private final RangeEstimate stretch;
    private final double estimate;
    private final boolean dense;
    private final List<KeyRange> pieces = new ArrayList<>();

    RangeSplitter(KeyDistribution knowledge, KeyRange rest, RangeEstimate stretch, double estimate, boolean dense) {
        this.knowledge = knowledge;
        this.rest = rest;
        this.stretch = stretch;
        this.estimate = estimate;
        this.dense = dense;
    }

    /** Of a range of which nothing is listed, in pieces thought equal. */
    List<KeyRange> fresh(NavigableSet<String> cuts) {
        double each = estimate / (cuts.size() + 1);
        String after = rest.after();
        Boundary start = null;
        for (String cut : cuts) {
            Boundary end = new Boundary();
            handOut(after, cut, RangeEstimate.fresh(start, end, null, each, true));
            after = cut;
            start = end;
        }
        handOut(after, rest.upTo(), RangeEstimate.fresh(start, stretch.end, null, each, true));
        return pieces;
    }

    /** Of what is left after a page, in pieces that the chart weighs; the first one goes on where the page ended. */
    List<KeyRange> continued(
            NavigableSet<String> cuts, KeyInterpolator chart, int[] origin, int[][] keys, double surplus) {
        String after = rest.after();
        Boundary start = null;
        double done = 0;
        for (String cut : cuts) {
            double reached = chart.width() > 0 ? Math.max(done, Math.min(1, chart.from(cut) / chart.width())) : done;
            Boundary end = new Boundary();
            double share = estimate * (reached - done);
            handOut(after, cut, piece(start, end, share, dense, origin, keys, surplus));
            after = cut;
            start = end;
            done = reached;
        }
        boolean last = cuts.isEmpty() ? stretch.dense : dense;
        handOut(after, rest.upTo(), piece(start, stretch.end, estimate * (1 - done), last, origin, keys, surplus));
        knowledge.budget.cut(cuts.size());
        return pieces;
    }

    private RangeEstimate piece(
            Boundary start, Boundary end, double share, boolean thick, int[] origin, int[][] keys, double surplus) {
        return start == null
                ? stretch.continued(end, share, keys, surplus, thick)
                : RangeEstimate.fresh(start, end, origin, share, thick);
    }

    private void handOut(String after, String upTo, RangeEstimate piece) {
        KeyRange range = new KeyRange(after, upTo);
        knowledge.handOut(range, piece);
        pieces.add(range);
    }
}
