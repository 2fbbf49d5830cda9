package dev.muster.audit.split;

import java.util.List;

/**
 * What to do next in a bucket.
 *
 * @param ranges the rest of the listed range, in ascending order, each key of it in exactly one; empty if none is left
 * @param probes requests that may run beside the listing
 */
public record SplitDecision(List<KeyRange> ranges, List<Probe> probes) {
    static final SplitDecision NONE = new SplitDecision(List.of(), List.of());

    public SplitDecision {
        ranges = List.copyOf(ranges);
        probes = List.copyOf(probes);
    }
}
