package dev.muster.audit;

import dev.muster.audit.split.Keys;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Listings of a bucket as servers give them that keep to the S3 API but for some quirks. */
final class QuirkyServer implements Function<Map<String, String>, String> {
    /** Departures from the S3 API that people have met. */
    enum Quirk {
        /** Leaves out the key behind a start-after or key-marker that does not exist. */
        SKIPS_BEHIND_MISSING_KEY,
        /** Lists nothing behind a start-after or key-marker that does not exist. */
        NOTHING_BEHIND_MISSING_KEY,
        /** Refuses a start-after or key-marker that does not exist. */
        NO_SUCH_KEY,
        /** Lists nothing behind a start-after or key-marker that does not exist, but for each third request. */
        FORGETFUL,
        /** Begins with the key of a start-after or key-marker, if it exists. */
        INCLUSIVE,
        /** Begins with the first key whatever the start-after or key-marker. */
        IGNORES_KEYS,
        /** Refuses any start-after or key-marker. */
        REFUSES_KEYS,
        /** Knows the first version of the listing of objects alone: continues behind a marker. */
        FIRST_VERSION,
        /** Orders keys as UTF-16 does. */
        UTF_16_ORDER,
        /** Sends empty pages with a token of objects before others. */
        EMPTY_PAGES
    }

    private final List<String> keys;
    private final Comparator<String> order;
    private final Set<Quirk> quirks;
    private final int pageSize;
    private int requests;

    QuirkyServer(List<String> keys, int pageSize, Set<Quirk> quirks) {
        this.order = quirks.contains(Quirk.UTF_16_ORDER) ? Comparator.naturalOrder() : Keys::compare;
        this.keys = keys.stream().sorted(order).toList();
        this.pageSize = pageSize;
        this.quirks = quirks;
    }

    @Override
    public synchronized String apply(Map<String, String> parameters) {
        requests++;
        boolean versions = parameters.containsKey("versions");
        boolean uploads = parameters.containsKey("uploads");
        if (parameters.containsKey("uploadId")) {
            return FakeS3.parts(false, "");
        }
        String token = parameters.getOrDefault("continuation-token", "");
        boolean first = quirks.contains(Quirk.FIRST_VERSION) && !versions && !uploads;
        String start = first ? "marker" : "start-after";
        String after = parameters.getOrDefault(versions || uploads ? "key-marker" : start, "");
        if (!after.isEmpty() && token.isEmpty()) {
            if (quirks.contains(Quirk.REFUSES_KEYS)) {
                return FakeS3.error("InvalidArgument");
            } else if (quirks.contains(Quirk.NO_SUCH_KEY) && !keys.contains(after)) {
                return FakeS3.error("NoSuchKey");
            }
        }
        int from = token.isEmpty() ? begin(after) : Integer.parseInt(token.substring(1));
        if (quirks.contains(Quirk.EMPTY_PAGES) && !token.startsWith("x") && !versions && !uploads) {
            return FakeS3.objects(List.of(), "x" + from);
        }
        int to = Math.min(keys.size(), from + pageSize);
        List<String> shown = keys.subList(from, to);
        boolean more = to < keys.size();
        if (versions) {
            return FakeS3.versions(shown.stream().map(key -> List.of(key, "v1")).toList(), more);
        } else if (uploads) {
            return FakeS3.uploads(shown, more, FakeS3.markers(more ? keys.get(to - 1) : ""));
        }
        return first ? FakeS3.objects(shown, more) : FakeS3.objects(shown, more ? "t" + to : "");
    }

    /** The index of the first key behind another, give or take a quirk. */
    private int begin(String after) {
        if (after.isEmpty() || quirks.contains(Quirk.IGNORES_KEYS)) {
            return 0;
        }
        int index = Collections.binarySearch(keys, after, order);
        if (index >= 0) {
            return quirks.contains(Quirk.INCLUSIVE) ? index : index + 1;
        }
        boolean forgets = quirks.contains(Quirk.FORGETFUL) && requests % 3 != 0;
        int next = -index - 1;
        if (forgets || quirks.contains(Quirk.NOTHING_BEHIND_MISSING_KEY)) {
            return keys.size();
        }
        return Math.min(keys.size(), quirks.contains(Quirk.SKIPS_BEHIND_MISSING_KEY) ? next + 1 : next);
    }

    /** Keys of a bucket, ascending. */
    static List<String> sorted(List<String> keys) {
        return keys.stream().distinct().sorted(Keys::compare).toList();
    }
}
