package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingEntry;
import java.util.List;

/** The {@link ObjectFilter} of one run, applied to entries of listings. Immutable; allocates nothing per entry. */
public final class EntryFilter {
    /** Decision on an entry; unknown if it depends on a value that the listing does not tell. */
    public enum Verdict {
        COUNTS,
        PASSED_OVER,
        UNKNOWN;

        private Verdict and(Verdict other) {
            if (this == PASSED_OVER || other == PASSED_OVER) {
                return PASSED_OVER;
            }
            return this == UNKNOWN ? this : other;
        }

        private static Verdict of(boolean counts) {
            return counts ? COUNTS : PASSED_OVER;
        }
    }

    /** End of the message about an entry that may or may not count. */
    public static final String UNDECIDED = ", so that the filter cannot tell whether it counts";

    private final ObjectFilter filter;
    private final long before;
    private final long from;
    private final List<KeyGlob> include;
    private final List<KeyGlob> exclude;

    EntryFilter(ObjectFilter filter, long asOfMillis) {
        this.filter = filter;
        this.before = filter.olderThan().map(limit -> limit.at(asOfMillis)).orElse(Long.MAX_VALUE);
        this.from = filter.newerThan().map(limit -> limit.at(asOfMillis)).orElse(Long.MIN_VALUE);
        this.include = filter.keyInclude().stream().map(KeyGlob::new).toList();
        this.exclude = filter.keyExclude().stream().map(KeyGlob::new).toList();
    }

    /** An object, a version, or a delete marker, which has neither a size nor a storage class to ask for. */
    public Verdict of(ListingEntry entry) {
        return entry.kind() == ListingEntry.Kind.DELETE_MARKER
                ? withoutContent(entry.keyBytes(), entry.keyLength(), entry.dateMillis())
                : of(entry.keyBytes(), entry.keyLength(), entry.size(), entry.dateMillis(), entry.storageClass());
    }

    /**
     * An object.
     *
     * @param size in bytes, or {@link ListingEntry#UNKNOWN_SIZE}
     * @param dateMillis epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}
     */
    public Verdict of(byte[] key, int length, long size, long dateMillis, String storageClass) {
        boolean sized = filter.minSize() > 0 || filter.maxSize() < Long.MAX_VALUE;
        Verdict bySize = !sized
                ? Verdict.COUNTS
                : size == ListingEntry.UNKNOWN_SIZE
                        ? Verdict.UNKNOWN
                        : Verdict.of(size >= filter.minSize() && size <= filter.maxSize());
        return bySize.and(Verdict.of(ofWantedClass(storageClass))).and(ofKeyAndDate(key, length, dateMillis));
    }

    /** A delete marker or an incomplete upload, which a filter by size or storage class excludes. */
    public Verdict withoutContent(byte[] key, int length, long dateMillis) {
        return filter.ofContent() ? Verdict.PASSED_OVER : ofKeyAndDate(key, length, dateMillis);
    }

    private Verdict ofKeyAndDate(byte[] key, int length, long dateMillis) {
        boolean dated = before != Long.MAX_VALUE || from != Long.MIN_VALUE;
        Verdict byDate = !dated
                ? Verdict.COUNTS
                : dateMillis == ListingEntry.UNKNOWN_DATE
                        ? Verdict.UNKNOWN
                        : Verdict.of(dateMillis < before && dateMillis >= from);
        boolean named = !include.isEmpty() || !exclude.isEmpty();
        Verdict byKey = named && length == 0 ? Verdict.UNKNOWN : Verdict.of(ofWantedKey(key, length));
        return byDate.and(byKey);
    }

    private boolean ofWantedClass(String storageClass) {
        List<String> wanted = filter.storageClasses();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).equalsIgnoreCase(storageClass)) {
                return true;
            }
        }
        return wanted.isEmpty();
    }

    private boolean ofWantedKey(byte[] key, int length) {
        return (include.isEmpty() || anyMatches(include, key, length)) && !anyMatches(exclude, key, length);
    }

    private static boolean anyMatches(List<KeyGlob> globs, byte[] key, int length) {
        for (int i = 0; i < globs.size(); i++) {
            if (globs.get(i).matches(key, length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A pattern of keys: {@code *} stands for any characters, {@code /} among them, and {@code ?} for one. It works on the
     * bytes of a key, in time at most proportional to the product of both lengths; a byte that is not UTF-8 is a character
     * of its own.
     */
    static final class KeyGlob {
        private final byte[] pattern;

        KeyGlob(String pattern) {
            this.pattern = pattern.getBytes(UTF_8);
        }

        /** Tells whether it matches the whole key, which begins at index 0. Only the last star passed is ever extended. */
        boolean matches(byte[] key, int length) {
            int at = 0;
            int from = 0;
            int star = -1;
            int starEnd = 0;
            while (at < length) {
                int symbol = from < pattern.length ? pattern[from] : -1;
                if (symbol == '*') {
                    star = from++;
                    starEnd = at;
                } else if (symbol == '?') {
                    at += width(key, at, length);
                    from++;
                } else if (from < pattern.length && symbol == key[at]) {
                    at++;
                    from++;
                } else if (star >= 0) {
                    starEnd += width(key, starEnd, length);
                    at = starEnd;
                    from = star + 1;
                } else {
                    return false;
                }
            }
            while (from < pattern.length && pattern[from] == '*') {
                from++;
            }
            return from == pattern.length;
        }

        /** Number of bytes of the character at this index. */
        private static int width(byte[] key, int start, int length) {
            int lead = key[start] & 0xFF;
            int wanted = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            int width = 1;
            while (width < wanted && start + width < length && (key[start + width] & 0xC0) == 0x80) {
                width++;
            }
            return width;
        }
    }
}
