package dev.muster.audit.prefix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Adds up a page's objects per group, such as the extension of their keys. Neighbours mostly share one. */
final class GroupTally {
    static final String NONE = "(none)";

    /** Length beyond which the end of a name is no extension: the dot belongs to the name. */
    private static final int LONGEST_EXTENSION = 16;

    private final Map<String, PrefixSum> sums = new HashMap<>();
    private String name;
    private PrefixSum sum;
    private byte[] extension = {};

    /** The sums of a group. */
    PrefixSum of(String group) {
        if (!group.equals(name)) {
            name = group.isEmpty() ? NONE : group;
            sum = sums.computeIfAbsent(name, any -> new PrefixSum());
        }
        return sum;
    }

    /** The sums of a key's extension: what follows the last dot of the last part, in small letters; a leading dot begins none. */
    PrefixSum ofExtension(byte[] key, int offset, int length) {
        int start = offset + length;
        while (start > offset && key[start - 1] != '.' && key[start - 1] != '/') {
            start--;
        }
        int dot = start - 1;
        int end = offset + length;
        boolean any = dot > offset
                && key[dot] == '.'
                && key[dot - 1] != '/'
                && start < end
                && end - start <= LONGEST_EXTENSION;
        if (!any) {
            start = end;
        }
        if (name == null || !Arrays.equals(key, start, end, extension, 0, extension.length)) {
            extension = Arrays.copyOfRange(key, start, end);
            return of(new String(extension, UTF_8).toLowerCase(Locale.ROOT));
        }
        return sum;
    }

    PrefixTotals totals(int most) {
        return PrefixTotals.of(most, sums);
    }
}
