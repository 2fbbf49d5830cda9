package dev.muster.events.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds message bodies against their digests ({@code MD5OfBody}). A body that does not match may have been damaged on its
 * way: then another receive brings it whole. One that comes a second time with the same bytes is what the queue holds, and
 * its digest is wrong: some servers count it over other bytes, and once that is plain, digests are looked at no more. One
 * that differs each time is damaged for good.
 */
final class MessageDigests {
    /** Messages remembered: those whose body did not match once. */
    private static final int MOST = 10_000;

    /** Receives of a message that never matches. */
    private static final int TRIES = 3;
    /** Messages in turn, none that matches among them, whose digest is wrong: then the server's digests are. */
    private static final int WRONG_IN_TURN = 5;

    private record Mismatch(String digest, int times) {}

    private int wrongInTurn;

    private final Map<String, Mismatch> mismatched = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Mismatch> eldest) {
            return size() > MOST;
        }
    };

    /** Result of a check. */
    enum Match {
        GOOD,
        /** Another receive is to tell. */
        DOUBTFUL,
        /** The digest is wrong, and the body is what the queue holds. */
        SAME_AGAIN,
        /** It came with other bytes each time. */
        DAMAGED
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
            wrongInTurn = wrongInTurn < WRONG_IN_TURN ? 0 : wrongInTurn;
            return Match.GOOD;
        } else if (wrongInTurn >= WRONG_IN_TURN) {
            return Match.SAME_AGAIN;
        }
        Mismatch before = mismatched.getOrDefault(messageId, new Mismatch("", 0));
        if (before.digest().equals(digest)) {
            wrongInTurn++;
            return Match.SAME_AGAIN;
        }
        mismatched.put(messageId, new Mismatch(digest, before.times() + 1));
        return before.times() + 1 < TRIES ? Match.DOUBTFUL : Match.DAMAGED;
    }

    static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
