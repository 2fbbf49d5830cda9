package dev.muster.audit.range;

import java.util.List;

/**
 * What to do next in a bucket.
 *
 * @param ranges the rest of the listed range, in ascending order, each key of it in exactly one; empty if none is left
 * @param probes requests that may run beside the listing
 */
public record Cuts(List<Range> ranges, List<Probe> probes) {
    static final Cuts NONE = new Cuts(List.of(), List.of());

    public Cuts {
        ranges = List.copyOf(ranges);
        probes = List.copyOf(probes);
    }
}
