package dev.muster.audit.range;

import java.util.HashMap;
import java.util.Map;

/** What a run has learned of one bucket: hints only, in bounded memory. */
public final class BucketKnowledge {
    static final class Open {
        String upTo = "";
        double estimate; // pages still to list, predicted
        double consumed; // pages listed in this lineage
        boolean uniform; // cut by density
        boolean guess;
        boolean measured;
        int[][] tail; // last keys listed, if it continues
        Edge startEdge; // to be told of first key
        Edge endEdge;
    }

    final Alphabets alphabets = new Alphabets();
    final Landmarks landmarks = new Landmarks();
    final java.util.Set<String> probed = new java.util.HashSet<>();
    double passed;
    final Map<String, Open> open = new HashMap<>();
    double pageKeys = 1000;
    double requests;
    double keys;
    double full;
    double pending; // sum of estimates
    double rate = 0.6;
    int starving;
    int ranges = 1; // handed out ever
    int hits;
    int misses;

    double waste() {
        return requests - keys / pageKeys;
    }

    void put(Range r, Open o) {
        o.upTo = r.upTo();
        open.put(r.after(), o);
        pending += o.estimate;
    }

    Open take(Range r) {
        Open o = open.remove(r.after());
        if (o == null) {
            o = new Open();
            o.endEdge = new Edge();
            o.endEdge.end = !r.bounded();
        } else pending -= o.estimate;
        return o;
    }
    /** learn */
    void learn(Open o, Range range, Page page) {
        int n = page.sample().size();
        int[][] listed = new int[n][];
        for (int i = 0; i < n; i++) listed[i] = Keys.symbols(page.sample().get(i));
        if (n > 0) {
            alphabets.learn(join(o.tail, listed));
            if (o.startEdge != null) {
                o.startEdge.right = head(listed);
                gap(range.after(), o.startEdge);
                stitch(o.startEdge);
                o.startEdge = null;
            }
            o.tail = tail(o.tail, listed);
        }
        if (!page.more()) {
            if (o.tail != null) {
                o.endEdge.left = o.tail;
                stitch(o.endEdge);
            } else if (o.startEdge != null) { // empty: both edges are one
                Edge a = o.startEdge, b = o.endEdge;
                a.right = b.right;
                a.end = b.end;
                Open right = open.get(range.upTo());
                if (range.bounded() && right != null && right.startEdge == b) right.startEdge = a;
                if (a.end || a.right != null) gap(range.after(), a);
                stitch(a);
            }
        }
    }

    private void gap(String cut, Edge e) {
        alphabets.gap(Keys.symbols(cut), e.end ? null : e.right[0]);
    }

    private void stitch(Edge e) {
        if (e.left != null && e.right != null) {
            alphabets.learn(join(e.left, e.right), e.left.length);
        }
    }

    static int[][] head(int[][] l) {
        return java.util.Arrays.copyOf(l, Math.min(2, l.length));
    }

    static int[][] tail(int[][] t, int[][] l) {
        int[][] j = join(t, l);
        return java.util.Arrays.copyOfRange(j, Math.max(0, j.length - 2), j.length);
    }

    static int[][] join(int[][] a, int[][] b) {
        if (a == null) return b;
        int[][] r = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, r, a.length, b.length);
        return r;
    }

    @Override
    public String toString() {
        return String.format(
                "[req %.0f keys %.0f waste %.1f open %d pending %.1f hits %d misses %d]",
                requests, keys, waste(), open.size(), pending, hits, misses);
    }
}
