package dev.muster.audit;

import dev.muster.audit.AuditTask.PageToken;
import dev.muster.aws.s3.ListingPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Place from which a list of buckets continues. AWS names it {@code ContinuationToken}; other servers use the name of
 * the listings of objects, {@code NextContinuationToken}, or headers such as {@code cf-next-continuation-token} and
 * {@code cf-is-truncated} of Cloudflare R2.
 */
final class BucketListToken {
    /** Token of a page that exists but cannot be requested. */
    static final PageToken UNKNOWN = named("");

    private static final String NEXT = "next-";

    private BucketListToken() {}

    /** The token of an answer, without text if it says that there is more but not where; empty at the end. */
    static Optional<PageToken> of(Optional<PageToken> asked, ListingPage page) {
        Map<String, List<String>> headers = page.headers();
        Optional<String> truncated = page.saysTruncated()
                .map(String::valueOf)
                .or(() -> headerEnding(headers, "is-truncated").map(Map.Entry::getValue));
        boolean over = truncated.filter("false"::equalsIgnoreCase).isPresent();
        Optional<PageToken> named = Stream.of(
                        page.nextToken().map(BucketListToken::named),
                        headerEnding(headers, NEXT + "continuation-token").map(BucketListToken::ofHeader))
                .flatMap(Optional::stream)
                .filter(token -> !over || !isEchoOf(asked, token))
                .findFirst();
        boolean more = truncated.filter("true"::equalsIgnoreCase).isPresent();
        return named.or(() -> more ? Optional.of(UNKNOWN) : Optional.empty());
    }

    private static PageToken named(String token) {
        return PageToken.of(token, "");
    }

    private static boolean isEchoOf(Optional<PageToken> asked, PageToken token) {
        return asked.filter(before -> before.text().equals(token.text())).isPresent();
    }

    private static Optional<Map.Entry<String, String>> headerEnding(Map<String, List<String>> headers, String end) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).endsWith(end))
                .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                .filter(header -> !header.getValue().isBlank())
                .findFirst();
    }

    private static PageToken ofHeader(Map.Entry<String, String> header) {
        String name = header.getKey().toLowerCase(Locale.ROOT);
        int next = name.lastIndexOf(NEXT);
        return PageToken.of(header.getValue(), name.substring(0, next) + name.substring(next + NEXT.length()));
    }
}
