package dev.muster.report.saved;

import dev.muster.report.saved.SavedRow.SavedPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Part of a bucket: a prefix with those below it, or what has none. The bytes of a divided part are the sum of those below.
 *
 * @param name what the prefix has that the one above has not; {@code (other)} for prefixes that are not named, and
 *     {@code (direct)} for objects directly in the prefix above
 * @param newest latest modification of an object; null if it is not known
 */
public record SavedPart(String name, long bytes, long objects, Instant newest, List<SavedPart> parts) {

    /** The parts of a bucket; none if its totals per prefix were not asked for. */
    public static List<SavedPart> of(SavedRow bucket) {
        List<SavedPart> parts = new ArrayList<>();
        List<SavedPrefix> lines = bucket.prefixes();
        read(lines, 0, -1, "", parts);
        return parts.isEmpty() ? parts : parts.get(0).parts();
    }

    /** Reads the lines that are deeper than a level, as each stands before those below it; gives the place of the next. */
    private static int read(List<SavedPrefix> lines, int from, int level, String above, List<SavedPart> parts) {
        int next = from;
        while (next < lines.size() && lines.get(next).level() > level) {
            SavedPrefix line = lines.get(next);
            List<SavedPart> below = new ArrayList<>();
            next = read(lines, next + 1, line.level(), line.prefix(), below);
            parts.add(
                    new SavedPart(name(line, above), line.bytes(), line.objects(), line.newest(), List.copyOf(below)));
        }
        return next;
    }

    private static String name(SavedPrefix line, String above) {
        if (!line.named()) {
            return "(" + line.kind() + ")";
        }
        return line.prefix().startsWith(above) ? line.prefix().substring(above.length()) : line.prefix();
    }
}
