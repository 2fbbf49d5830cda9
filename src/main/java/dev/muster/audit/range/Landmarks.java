package dev.muster.audit.range;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Prefixes that are known to exist, and so are sure places to cut at. Each stands for the keys up to the next one, and
 * carries a guess of their share: names found together share what their parent had. Bounded: no more are taken up when
 * there are too many, until the listing has passed some.
 */
final class Landmarks {
    private static final int MOST = 4096;
    private static final Comparator<String> ORDER = Keys::compare;

    private final NavigableMap<String, Double> shares = new TreeMap<>(ORDER);

    void add(String parent, List<String> names) {
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

    Map.Entry<String, Double> before(String key) {
        return shares.floorEntry(key);
    }

    String next(String key) {
        return shares.ceilingKey(key);
    }
}
