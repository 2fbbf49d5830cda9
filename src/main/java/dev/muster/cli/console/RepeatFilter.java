package dev.muster.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what was said a moment ago, to leave it out when it comes again. Thread-safe. */
final class RepeatFilter {
    private static final long MOMENT_MILLIS = 10_000;
    private static final int MOST = 64;

    /** Time at which each text was last printed, the oldest first; epoch milliseconds. */
    private final Map<String, Long> said = new LinkedHashMap<>();

    /** Tells whether a text was printed a moment ago; if not, it is noted as printed now. */
    synchronized boolean contains(String text, long nowMillis) {
        Long before = said.get(text);
        if (before != null && nowMillis - before < MOMENT_MILLIS) {
            return true;
        }
        said.remove(text);
        said.put(text, nowMillis);
        if (said.size() > MOST) {
            said.remove(said.keySet().iterator().next());
        }
        return false;
    }
}
