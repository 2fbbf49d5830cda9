package dev.muster.events;

/**
 * Limit of messages that a run may still receive. What a receive has asked for but did not get is there for others
 * again.
 */
final class MessageLimit {
    private long left;
    private long asked;

    MessageLimit(long messages) {
        this.left = messages;
    }

    /** Reserves up to so many messages; returns how many. Each call that returns some is followed by {@link #used}. */
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

    /** Nothing is left, and nothing that was asked for can come back. */
    synchronized boolean usedUp() {
        return left == 0 && asked == 0;
    }
}
