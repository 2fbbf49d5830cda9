package dev.muster.audit.prefix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * The tables that a run adds to each bucket's totals.
 *
 * @param root the prefix that all keys begin with; the first level begins behind it
 * @param delimiter ends a prefix; at least one character
 * @param depth how many levels of prefixes below the root; negative for no table of prefixes
 * @param groupings the tables by something else
 * @param most the most rows in a table, root and {@code (other)} aside; at least 4
 */
public record BreakdownSettings(String root, String delimiter, int depth, Set<GroupKind> groupings, int most) {
    /** No table at all. */
    public static final BreakdownSettings NONE = new BreakdownSettings("", "/", -1, Set.of(), 4);

    public BreakdownSettings {
        requireNonNull(root, "root is null");
        groupings = Set.copyOf(groupings);
        if (delimiter.isEmpty() || most < 4) {
            throw new IllegalArgumentException("no delimiter, or too few rows");
        }
    }

    public boolean nothing() {
        return depth < 0 && groupings.isEmpty();
    }

    /** The settings by the names of their options; empty if there are no tables. */
    public Map<String, String> terms() {
        if (nothing()) {
            return Map.of();
        }
        return Map.of(
                "depth",
                depth < 0 ? "" : Integer.toString(depth),
                "delimiter",
                delimiter,
                "max-prefixes",
                Integer.toString(most),
                "group-by",
                groupings.isEmpty() ? "" : groupings.stream().sorted().toList().toString());
    }

    byte[] rootBytes() {
        return root.getBytes(UTF_8);
    }

    byte[] delimiterBytes() {
        return delimiter.getBytes(UTF_8);
    }
}
