package dev.muster.audit.range;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;

/** Listers, a first-in-first-out queue and virtual time: what the policy costs on a bucket, in page-times and requests. */
final class ListingSimulation {
    private static final int PAGE = 1000;

    private final Layout layout;
    private final int listers;
    private final DoubleSupplier latency;
    private final BucketKnowledge knowledge;
    private final RangePolicy policy = new RangePolicy();
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private double now;
    private long sequence;
    private long requests;
    private long keys;
    private long empty;
    private long nanos;

    private record Flight(double end, long order, Object task) implements Comparable<Flight> {
        @Override
        public int compareTo(Flight other) {
            int byEnd = Double.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(order, other.order);
        }
    }

    record Outcome(double time, long requests, long keys, long empty, double microsPerPage) {}

    ListingSimulation(Layout layout, int listers, DoubleSupplier latency, BucketKnowledge knowledge) {
        this.layout = layout;
        this.listers = listers;
        this.latency = latency;
        this.knowledge = knowledge;
    }

    static Outcome run(Layout layout, int listers) {
        return new ListingSimulation(layout, listers, () -> 1, new BucketKnowledge()).run();
    }

    Outcome run() {
        queue.add(Range.ALL);
        dispatch();
        while (!flights.isEmpty()) {
            Flight flight = flights.remove();
            now = flight.end();
            if (flight.task() instanceof Range range) {
                complete(range);
            } else {
                probe((Probe) flight.task());
            }
            dispatch();
        }
        return new Outcome(now, requests, keys, empty, nanos / 1e3 / requests);
    }

    private void dispatch() {
        while (!queue.isEmpty() && flights.size() < listers) {
            flights.add(new Flight(now + latency.getAsDouble(), sequence++, queue.remove()));
        }
    }

    private void complete(Range range) {
        requests++;
        long from = layout.indexAfter(range.after());
        long to = range.bounded() ? layout.indexAfter(range.upTo()) : layout.size();
        long end = Math.min(to, from + PAGE);
        keys += end - from;
        if (end == from) {
            empty++;
        }
        boolean truncated = from + PAGE < layout.size();
        boolean past = range.bounded()
                && end > from
                && (from + PAGE > to || layout.keyAt().apply(end - 1).equals(range.upTo()));
        Page page = new Page(end - from, sample(from, end), truncated && from + PAGE <= to && !past);
        int spare = Math.max(0, listers - flights.size() - queue.size());
        long start = System.nanoTime();
        Cuts cuts = policy.next(knowledge, range, page, spare);
        nanos += System.nanoTime() - start;
        if (Boolean.getBoolean("trace")) {
            System.out.printf(
                    "%.2f spare %d  [%s] keys %d -> %s %s%n",
                    now,
                    spare,
                    range.after() + " .. " + range.upTo() + " last "
                            + (page.sample().isEmpty() ? "" : page.last()),
                    end - from,
                    cuts.ranges().stream().map(Range::upTo).toList(),
                    knowledge);
            cuts.probes().forEach(System.out::println);
        }
        queue.addAll(cuts.ranges());
        queue.addAll(cuts.probes());
    }

    private void probe(Probe probe) {
        requests++;
        List<String> names = new ArrayList<>();
        long at = layout.indexAfter(probe.prefix());
        while (at < layout.size()
                && names.size() < PAGE
                && layout.keyAt().apply(at).startsWith(probe.prefix())) {
            String key = layout.keyAt().apply(at);
            int end = key.indexOf(Probe.DELIMITER, probe.prefix().length());
            if (end < 0) {
                at++;
            } else {
                names.add(key.substring(0, end + 1));
                at = layout.indexAfter(key.substring(0, end) + (char) (Probe.DELIMITER + 1));
                if (at > 0
                        && layout.keyAt().apply(at - 1).equals(key.substring(0, end) + (char) (Probe.DELIMITER + 1))) {
                    at--;
                }
            }
        }
        policy.probed(knowledge, probe, names, names.size() == PAGE);
    }

    private List<String> sample(long from, long end) {
        List<String> sample = new ArrayList<>();
        for (long i = from; i < end; i += 64) {
            sample.add(layout.keyAt().apply(i));
        }
        if (end > from && (end - 1 - from) % 64 != 0) {
            sample.add(layout.keyAt().apply(end - 1));
        }
        return sample;
    }
}
