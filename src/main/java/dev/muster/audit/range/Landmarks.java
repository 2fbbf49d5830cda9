package dev.muster.audit.range;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keys and prefixes that are known to exist, and so are sure places to cut at, each with a guess of its share of the
 * bucket: names found together share what their parent had. Bounded: when
 * there are too many, no more are taken up.
 */
final class Landmarks {
    private static final int MOST = 4096;

    private final NavigableMap<String, Double> shares = new TreeMap<>(Keys::compare);

    void addNames(String parent, List<String> names) {
        if (shares.size() + names.size() > MOST) {
            return;
        }
        double share = shares.getOrDefault(parent, 1.0);
        shares.computeIfPresent(parent, (key, old) -> old / 1000);
        for (String name : names) {
            shares.put(name, share / names.size());
        }
    }

    /** The landmarks strictly inside a range, ascending. */
    NavigableMap<String, Double> within(Range range) {
        NavigableMap<String, Double> above = shares.tailMap(range.after(), false);
        return range.bounded() ? above.headMap(range.upTo(), false) : above;
    }

    /** The landmark that covers a key: the last one at or before it. */
    Map.Entry<String, Double> covering(String key) {
        return shares.floorEntry(key);
    }

    /** Where a landmark's keys end: a prefix's with the prefix, a key's at the next landmark. */
    String end(String landmark) {
        int last = landmark.length() - 1;
        if (last >= 0 && landmark.charAt(last) == Probe.DELIMITER) {
            return landmark.substring(0, last) + (char) (Probe.DELIMITER + 1);
        }
        String next = shares.higherKey(landmark);
        return next == null ? "" : next;
    }
}
