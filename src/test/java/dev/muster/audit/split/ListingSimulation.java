package dev.muster.audit.split;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.split.SplitPolicy.SplitDecision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Listers, a first-in-first-out queue and virtual time: what the policy costs on a bucket, in page-times and requests. */
final class ListingSimulation {
    private static final int PAGE = 1000;
    private static final int SAMPLE = 64;

    private final Layout layout;
    private final int listers;
    private final DoubleSupplier latency;
    private final KeyDistribution knowledge;
    private final SplitPolicy policy = new SplitPolicy();
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private final NavigableMap<Long, Long> pages = new TreeMap<>();
    /** Most pages of a task: a second's worth at 50 ms a page. */
    int mostPages = 20;

    private long tasks;
    private double now;
    private long sequence;
    private long requests;
    private long keys;
    private long probes;
    private long empty;

    /** A task for so many pages at most. */
    private record Ranged(KeyRange range, int pages) {}

    private record Listed(KeyRange range, ListedPage page) {}

    private record Flight(double end, long order, Object task) implements Comparable<Flight> {
        @Override
        public int compareTo(Flight other) {
            int byEnd = Double.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(order, other.order);
        }
    }

    /** The time is in page-times; empty counts the requests that found no key; a task may be several requests. */
    record Outcome(double time, long requests, long keys, long empty, long probes, long tasks) {}

    ListingSimulation(Layout layout, int listers, DoubleSupplier latency, KeyDistribution knowledge) {
        this.layout = requireNonNull(layout, "layout is null");
        this.listers = listers;
        this.latency = requireNonNull(latency, "latency is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
    }

    static Outcome run(Layout layout, int listers) {
        return new ListingSimulation(layout, listers, () -> 1, new KeyDistribution()).run();
    }

    Outcome run() {
        policy.start(knowledge, listers).forEach(range -> queue.add(new Ranged(range, 1)));
        dispatch();
        while (!flights.isEmpty()) {
            Flight flight = flights.remove();
            now = flight.end();
            tasks++;
            if (flight.task() instanceof Listed listed) {
                listed(listed);
            } else {
                probe((Probe) flight.task());
            }
            dispatch();
        }
        requireOnce();
        return new Outcome(now, requests, keys, empty, probes, tasks);
    }

    /** The pages, side by side, must be the bucket: no key in two of them, none in no one. */
    private void requireOnce() {
        long end = 0;
        for (Map.Entry<Long, Long> page : pages.entrySet()) {
            if (page.getKey() != end) {
                throw new IllegalStateException(
                        "a page starts at key " + page.getKey() + ", the one before ends at " + end);
            }
            end = page.getValue();
        }
        if (end != layout.size()) {
            throw new IllegalStateException("listing ends at key " + end + " of " + layout.size());
        }
    }

    private void dispatch() {
        while (!queue.isEmpty() && flights.size() < listers) {
            Object task = queue.remove();
            double took = latency.getAsDouble();
            if (task instanceof Ranged ranged) {
                Listed listed = list(ranged);
                for (int page = 1; page < listed.page().requests(); page++) {
                    took += latency.getAsDouble();
                }
                task = listed;
            }
            flights.add(new Flight(now + took, sequence++, task));
        }
    }

    private Listed list(Ranged ranged) {
        KeyRange range = ranged.range();
        ListedPage all = page(range);
        while (all.more() && all.requests() < ranged.pages()) {
            all = all.followedBy(page(new KeyRange(all.last(), range.upTo())));
        }
        return new Listed(range, all);
    }

    private ListedPage page(KeyRange range) {
        requests++;
        long from = layout.indexAfter(range.after());
        long end = Math.min(layout.size(), from + PAGE);
        boolean truncated = from + PAGE < layout.size();
        boolean reached = false;
        if (range.bounded() && end > from && Keys.compare(layout.keyAt().apply(end - 1), range.upTo()) >= 0) {
            reached = true;
            end = Math.max(from, Math.min(end, layout.indexAfter(range.upTo())));
        }
        keys += end - from;
        empty += end == from ? 1 : 0;
        if (end > from && pages.put(from, end) != null) {
            throw new IllegalStateException("key " + from + " is listed twice");
        }
        return new ListedPage(end - from, sample(from, end), truncated && !reached);
    }

    private void listed(Listed listed) {
        int spare = Math.max(0, listers - flights.size() - queue.size());
        SplitDecision cuts = policy.next(knowledge, listed.range(), listed.page(), spare);
        for (KeyRange range : cuts.ranges()) {
            boolean goesOn = spare <= 1 && range.after().equals(listed.page().last());
            queue.add(new Ranged(range, goesOn ? Math.min(mostPages, knowledge.pagesAtATime(range)) : 1));
        }
        queue.addAll(cuts.probes());
    }

    /** As S3 does: at most 1,000 keys and common prefixes together. */
    private void probe(Probe probe) {
        requests++;
        probes++;
        String prefix = probe.prefix();
        List<String> names = new ArrayList<>();
        int flat = 0;
        long at = layout.indexAfter(prefix);
        while (at < layout.size() && names.size() + flat < PAGE) {
            String key = layout.keyAt().apply(at);
            int end = key.indexOf(Probe.DELIMITER, prefix.length());
            if (!key.startsWith(prefix)) {
                at = layout.size();
            } else if (end < 0) {
                at++;
                flat++;
            } else {
                String name = key.substring(0, end + 1);
                names.add(name);
                at = layout.indexAfter(name + Character.toString(Character.MAX_CODE_POINT));
            }
        }
        policy.probed(knowledge, probe, names, names.size() + flat >= PAGE);
    }

    private List<String> sample(long from, long end) {
        List<String> sample = new ArrayList<>();
        for (long i = from; i < end; i += SAMPLE) {
            sample.add(layout.keyAt().apply(i));
        }
        if (end > from && (end - 1 - from) % SAMPLE != 0) {
            sample.add(layout.keyAt().apply(end - 1));
        }
        return sample;
    }
}
