package dev.muster.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Selects buckets by name. A pattern is an exact name, or a glob: {@code *} stands for any characters, {@code ?} for
 * one.
 *
 * @param include patterns of which one must match; empty for all buckets
 * @param exclude patterns of which none may match; they take precedence
 * @param given whether the names to include are taken as they are, without looking at the account's list of buckets
 */
public record BucketFilter(List<String> include, List<String> exclude, boolean given) {
    public static final BucketFilter ALL = new BucketFilter(List.of(), List.of());

    public BucketFilter(List<String> include, List<String> exclude) {
        this(include, exclude, false);
    }

    /** These buckets, whether or not the account's list of buckets names them. */
    public static BucketFilter of(List<String> names) {
        return new BucketFilter(names, List.of(), true);
    }

    public BucketFilter {
        include = List.copyOf(new LinkedHashSet<>(include));
        exclude = List.copyOf(exclude);
    }

    /** Tells whether a bucket is wanted. */
    public boolean accepts(String bucket) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, bucket)))
                && exclude.stream().noneMatch(pattern -> matches(pattern, bucket));
    }

    /** The buckets that are wanted by exact name. */
    List<String> names() {
        return include.stream().filter(name -> isName(name) && accepts(name)).toList();
    }

    /** Tells whether exact names cover all the buckets that are wanted. */
    public boolean namesAll() {
        return !include.isEmpty() && include.stream().allMatch(BucketFilter::isName);
    }

    /** The patterns that match a bucket, so that those that never matched any can be reported at the end. */
    List<String> matching(String bucket) {
        return Stream.concat(include.stream(), exclude.stream())
                .filter(pattern -> matches(pattern, bucket))
                .toList();
    }

    /** The patterns that matched no bucket of a finished run; none if some buckets may not have been named. */
    public List<String> unmatched(AuditPartial found) {
        if (given || found.failures().stream().anyMatch(failure -> failure.gap() == AuditFailure.Gap.ACCOUNT)) {
            return List.of();
        }
        List<String> unmatched = new ArrayList<>(include);
        unmatched.addAll(exclude);
        unmatched.removeAll(found.matched());
        return unmatched;
    }

    /** Sentence about a pattern that matched no bucket. */
    public static String unmatched(String pattern) {
        return (isName(pattern) ? "no bucket is named " : "no bucket matches ") + pattern;
    }

    private static boolean isName(String pattern) {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    private static boolean matches(String pattern, String bucket) {
        if (isName(pattern)) {
            return pattern.equals(bucket);
        }
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return bucket.matches(regex);
    }
}
