package dev.muster.events.queue;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reader of queue URLs. */
public final class QueueUrls {
    private static final Pattern HOST =
            Pattern.compile("(?:sqs\\.([a-z0-9-]+)|([a-z0-9-]+)\\.queue)\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");

    private QueueUrls() {}

    /** The region of {@code https://sqs.us-west-2.amazonaws.com/123456789012/name}; empty for other servers. */
    public static Optional<String> region(String queueUrl) {
        String host = host(queueUrl);
        Matcher matcher = HOST.matcher(host == null ? "" : host);
        return matcher.matches()
                ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }

    /** Tells whether it is an absolute URL with a path, as SQS hands out. */
    public static boolean isUrl(String queueUrl) {
        return host(queueUrl) != null && queueUrl.startsWith("http");
    }

    private static String host(String queueUrl) {
        try {
            return URI.create(queueUrl).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
