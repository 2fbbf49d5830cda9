package dev.muster.events;

/**
 * Limit of messages that a run may still receive. What a receive has reserved but did not get becomes available to
 * others again.
 */
final class MessageLimit {
    private long left;
    private long asked;

    MessageLimit(long messages) {
        this.left = messages;
    }

    /**
     * Reserves up to {@code wanted} messages; returns how many. Each call that returns some must be followed by {@link
     * #used}.
     */
    synchronized int ask(int wanted) {
        int granted = (int) Math.min(wanted, left);
        left -= granted;
        asked += granted;
        return granted;
    }

    synchronized void used(int granted, int received) {
        asked -= granted;
        left += granted - received;
    }

    /** True if nothing is left and nothing that was reserved can become available again. */
    synchronized boolean usedUp() {
        return left == 0 && asked == 0;
    }
}
