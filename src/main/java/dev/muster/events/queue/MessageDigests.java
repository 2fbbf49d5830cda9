package dev.muster.events.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks message bodies against their digests ({@code MD5OfBody}). A body that does not match may have been damaged in
 * transit: then another receive delivers it intact. One that comes a second time with the same bytes is what the queue
 * holds, and its digest is wrong: some servers compute it over other bytes, and once that is clear, digests are no
 * longer checked. One that differs each time is permanently damaged.
 */
final class MessageDigests {
    /** Greatest number of messages remembered because their body did not match. */
    private static final int MOST = 10_000;

    /** Receives of a message that never matches. */
    private static final int TRIES = 3;
    /** Messages in a row with a wrong digest after which the server's digests are considered wrong. */
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
        /** Undecided until another receive. */
        DOUBTFUL,
        /** The digest is wrong, and the body is what the queue holds. */
        SAME_AGAIN,
        /** The bytes differed each time. */
        DAMAGED
    }

    /**
     * Checks a message.
     *
     * @param told digest from the answer, in hexadecimal digits; null if there was none
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
