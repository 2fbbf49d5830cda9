package dev.muster.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its oldest entry when there are too many. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    private BoundedMap(int most) {
        this.most = most;
    }

    /** A thread-safe map. */
    public static <K, V> Map<K, V> ofAtMost(int most) {
        return Collections.synchronizedMap(new BoundedMap<>(most));
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
