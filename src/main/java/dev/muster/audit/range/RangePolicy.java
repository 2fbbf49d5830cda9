package dev.muster.audit.range;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Decides where the rest of a range is cut, so that idle listers find work. */
public final class RangePolicy {
    private static final double BASE = 40;
    private static final double RATIO = 0.10;
    private static final double SMALLEST = 2.5;

    /** What follows from a listed page, when so many listers more than the queue holds tasks stand idle. */
    public Cuts next(BucketKnowledge k, Range range, Page page, int spare) {
        BucketKnowledge.Open open = k.take(range);
        k.requests++;
        k.keys += page.keys();
        if (page.more()) k.full++;
        if (open.guess) {
            if (page.keys() > 0) k.hits++;
            else k.misses++;
            k.rate += ((page.keys() > 0 ? 1 : 0) - k.rate) / 16;
        }
        open.guess = false;
        k.learn(open, range, page);
        k.starving = spare > 1 ? k.starving + 1 : 0;
        if (!page.more()) return Cuts.NONE;
        Range rest = new Range(page.last(), range.upTo());
        KeySpace space = new KeySpace(k.alphabets, rest, 0);
        double pages = page.keys() / k.pageKeys;
        open.consumed += pages;
        boolean known = open.endEdge.right != null || open.endEdge.end;
        boolean anchored = known
                ? !open.endEdge.end
                        && new String(open.endEdge.right[0], 0, open.endEdge.right[0].length).startsWith(rest.upTo())
                : open.uniform;
        boolean uniform = rest.bounded() && anchored;
        KeySpace whole = new KeySpace(k.alphabets, new Range(page.sample().get(0), range.upTo()), 0);
        double covered = whole.from(page.last());
        double left = whole.width() - covered;
        double byDensity = covered > 0 ? pages * left / covered : 1e6;
        double predicted = Math.max(0.5, open.estimate - pages);
        double estimate = open.measured ? Math.sqrt(byDensity * predicted) : byDensity;
        estimate = Math.max(0.3, Math.min(estimate, 1e6));
        Chart chart = new Chart(k.alphabets, k.landmarks, rest);
        if (chart.charted()) {
            Chart over =
                    new Chart(k.alphabets, k.landmarks, new Range(page.sample().get(0), range.upTo()));
            double went = over.from(page.last());
            byDensity = went > 0 ? pages * chart.width() / went : 1e6;
            estimate = open.measured ? Math.sqrt(byDensity * predicted) : byDensity;
            estimate = Math.max(0.3, Math.min(estimate, 1e6));
        }
        int pieces = pieces(k, estimate, spare);
        NavigableSet<String> cuts = new TreeSet<>(Keys::compare);
        List<Probe> probes = probes(k, rest, page, spare, estimate);
        if (pieces > 1 && chart.charted()) {
            for (int i = 1; i < pieces; i++)
                add(cuts, rest, chart.at(chart.width() * i / pieces, chart.width() / pieces));
        } else if (pieces > 1) {
            if (uniform) {
                double width = space.width();
                double each = Math.max(1, estimate / pieces);
                double step = width / estimate;
                for (int i = 1; i < pieces; i++)
                    add(
                            cuts,
                            rest,
                            space.at(
                                    (each > 40 ? i * each : Math.ceil(i * each) - 0.1) * step,
                                    step * Math.max(0.03, each / 100)));
            } else {
                int deepest = Keys.commonPrefix(Keys.symbols(page.sample().get(0)), Keys.symbols(page.last()));
                double apart = (pieces < 4 ? 8 : SMALLEST) * covered / pages * space.width() / left;
                for (String cut : space.ladder(deepest, pieces - 1, apart)) add(cuts, rest, cut);
            }
        }
        return new Cuts(divide(k, rest, cuts, open, estimate, uniform, space, chart), probes);
    }

    private List<Probe> probes(BucketKnowledge k, Range rest, Page page, int spare, double estimate) {
        if (spare < 2 || estimate < 8 || k.keys + k.open.size() <= 5 * k.pageKeys) return List.of();
        List<Probe> result = new ArrayList<>();
        String last = page.last();
        int shared = rest.bounded() ? Keys.commonPrefix(Keys.symbols(last), Keys.symbols(rest.upTo())) : 0;
        int from = last.offsetByCodePoints(0, shared);
        from = last.lastIndexOf('/', from - 1) + 1;
        int deepest = Keys.commonPrefix(Keys.symbols(page.sample().get(0)), Keys.symbols(last));
        int to = last.offsetByCodePoints(0, deepest);
        for (int at = from; at <= to && result.size() < 4; at = last.indexOf('/', at) + 1) {
            if (last.indexOf('/', at) < 0) break;
            String prefix = last.substring(0, at);
            if (k.probed.size() < 10 + k.requests / 40 && k.probed.add(prefix)) result.add(new Probe(prefix));
        }
        return result;
    }

    /** Takes in the answer to a probe: the common prefixes, ascending. */
    public void probed(BucketKnowledge k, Probe probe, List<String> prefixes, boolean truncated) {
        k.requests++;
        if (!truncated && !prefixes.isEmpty()) k.landmarks.add(probe.prefix(), prefixes);
    }

    private static void add(NavigableSet<String> cuts, Range rest, String cut) {
        if (!cut.isEmpty()
                && Keys.compare(cut, rest.after()) > 0
                && (!rest.bounded() || Keys.compare(cut, rest.upTo()) < 0)) cuts.add(cut);
    }

    private int pieces(BucketKnowledge k, double estimate, int spare) {
        if (spare <= 1) return 1;
        if (k.keys + k.open.size() <= 5 * k.pageKeys) return Math.min(spare, Math.max(1, 4 - k.ranges));
        double active = k.open.size() + spare;
        double target = Math.max(
                SMALLEST, (k.pending + estimate) / active / (1 + Math.max(0, k.starving / (k.open.size() + 1.0) - 2)));
        double budget = BASE + RATIO * k.keys / k.pageKeys - k.waste() - 0.5 * k.open.size();
        int affordable = (int) (1 + Math.max(0, budget) * Math.min(2, 1 / (4 * (1.001 - k.rate))));
        int wanted = (int) Math.min(1000, estimate / target + 0.1);
        return Math.max(1, Math.min(Math.min(spare, affordable), wanted));
    }

    private List<Range> divide(
            BucketKnowledge k,
            Range rest,
            NavigableSet<String> cuts,
            BucketKnowledge.Open open,
            double estimate,
            boolean uniform,
            KeySpace space,
            Chart chart) {
        List<Range> result = new ArrayList<>();
        String after = rest.after();
        int n = cuts.size() + 1;
        Edge start = null;
        double done = 0;
        int i = 0;
        for (String cut : new ArrayList<>(cuts)) {
            double here = Math.min(
                    1,
                    Math.max(
                            done,
                            chart.charted()
                                    ? chart.from(cut) / Math.max(1e-12, chart.width())
                                    : space.from(cut) / Math.max(1e-12, space.width())));
            start = put(
                    k, new Range(after, cut), open, i++, estimate * (here - done), start, new Edge(), uniform, result);
            after = cut;
            done = here;
        }
        put(
                k,
                new Range(after, rest.upTo()),
                open,
                i,
                estimate * (1 - done),
                start,
                open.endEdge,
                n == 1 ? open.uniform : uniform,
                result);
        k.ranges += n - 1;
        return result;
    }

    private Edge put(
            BucketKnowledge k,
            Range r,
            BucketKnowledge.Open open,
            int i,
            double estimate,
            Edge start,
            Edge end,
            boolean uniform,
            List<Range> result) {
        BucketKnowledge.Open o = new BucketKnowledge.Open();
        o.estimate = estimate;
        o.consumed = i == 0 ? open.consumed : 0;
        o.uniform = uniform;
        o.guess = i > 0;
        o.measured = uniform || i == 0;
        o.tail = i == 0 ? open.tail : null;
        o.startEdge = start;
        o.endEdge = end;
        k.put(r, o);
        result.add(r);
        return end;
    }
}
