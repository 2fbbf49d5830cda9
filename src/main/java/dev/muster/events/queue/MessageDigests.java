package dev.muster.events.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Holds message bodies against their digests ({@code MD5OfBody}). A body that does not match may have been damaged on its
 * way: then another receive brings it whole. One that comes a second time with the same bytes is what the queue holds, and
 * its digest is wrong: some servers count it over other bytes.
 */
final class MessageDigests {
    /** Messages remembered: those whose body did not match once. */
    private static final int MOST = 10_000;

    private final Map<String, String> mismatched = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** Result of a check. */
    enum Match {
        GOOD,
        /** Another receive is to tell. */
        DOUBTFUL,
        /** The digest is wrong, and the body is what the queue holds. */
        SAME_AGAIN
    }

    /**
     * Checks a message.
     *
     * @param told the digest that came with it, in hexadecimal digits; null if none did
     */
    synchronized Match check(String messageId, String body, String told) {
        String digest = md5(body);
        if (told == null || told.equalsIgnoreCase(digest)) {
            mismatched.remove(messageId);
            return Match.GOOD;
        }
        return Objects.equals(mismatched.put(messageId, digest), digest) ? Match.SAME_AGAIN : Match.DOUBTFUL;
    }

    static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
