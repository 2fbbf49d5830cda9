package dev.muster.audit;

import dev.muster.audit.split.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
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
        FORGETFUL
    }

    private final NavigableSet<String> keys = new TreeSet<>(Keys::compare);
    private final Set<String> existing;
    private final Set<Quirk> quirks;
    private final int pageSize;
    private int requests;

    QuirkyServer(List<String> keys, int pageSize, Set<Quirk> quirks) {
        this.keys.addAll(keys);
        this.existing = new HashSet<>(keys);
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
        String after = parameters.getOrDefault(versions || uploads ? "key-marker" : "start-after", "");
        boolean missing = !after.isEmpty() && !existing.contains(after);
        if (missing && quirks.contains(Quirk.NO_SUCH_KEY)) {
            return FakeS3.error("NoSuchKey");
        }
        String prefix = parameters.getOrDefault("prefix", "");
        List<String> page = new ArrayList<>();
        for (String key : keys.tailSet(after, false)) {
            if (key.startsWith(prefix) && page.size() <= pageSize + 1) {
                page.add(key);
            }
        }
        if (missing && !page.isEmpty() && quirks.contains(Quirk.SKIPS_BEHIND_MISSING_KEY)) {
            page.remove(0);
        }
        if (missing
                && (quirks.contains(Quirk.NOTHING_BEHIND_MISSING_KEY)
                        || (quirks.contains(Quirk.FORGETFUL) && requests % 3 != 0))) {
            page.clear();
        }
        boolean more = page.size() > pageSize;
        List<String> shown = page.subList(0, Math.min(pageSize, page.size()));
        if (versions) {
            return FakeS3.versions(shown.stream().map(key -> List.of(key, "v1")).toList(), more);
        } else if (uploads) {
            String last = more ? shown.get(pageSize - 1) : "";
            return FakeS3.uploads(shown, more, FakeS3.markers(last));
        }
        return FakeS3.objects(shown, more);
    }

    /** Keys of a bucket, ascending. */
    static List<String> sorted(List<String> keys) {
        return keys.stream().distinct().sorted(Keys::compare).toList();
    }
}
