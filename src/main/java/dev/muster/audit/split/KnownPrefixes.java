package dev.muster.audit.split;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Prefixes that are known to exist, and so are sure places to cut at, each with a guess of its share of the bucket: names
 * found together share what their parent had. Bounded: when there are too many, no more are taken up.
 */
final class KnownPrefixes {
    private static final int MOST = 4096;

    private final NavigableMap<String, Double> shares = new TreeMap<>(Keys::compare);

    /** Takes up what was found under a prefix; nothing of it where a server names what does not end in the delimiter. */
    void addNames(String parent, List<String> names) {
        if (shares.size() + names.size() > MOST || !names.stream().allMatch(KnownPrefixes::delimited)) {
            return;
        }
        double share = shares.getOrDefault(parent, 1.0);
        shares.computeIfPresent(parent, (key, old) -> old / 1000);
        for (String name : names) {
            shares.put(name, share / names.size());
        }
    }

    /** The landmarks strictly inside a range, ascending. */
    NavigableMap<String, Double> within(KeyRange range) {
        NavigableMap<String, Double> above = shares.tailMap(range.after(), false);
        return range.bounded() ? above.headMap(range.upTo(), false) : above;
    }

    /** The last landmark at or before a key, which covers it unless it ends before. */
    Map.Entry<String, Double> covering(String key) {
        return shares.floorEntry(key);
    }

    /** The first key that is behind all keys of a landmark. */
    static String end(String landmark) {
        return landmark.substring(0, landmark.length() - 1) + (char) (Probe.DELIMITER + 1);
    }

    private static boolean delimited(String name) {
        return name.endsWith(String.valueOf(Probe.DELIMITER));
    }
}
