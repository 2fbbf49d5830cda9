package dev.muster.engine.limit;

/**
 * A limit that finds out by itself how many requests the services can take, by hill climbing on throughput: it doubles
 * with each round trip while throughput grows (TCP's slow start). From then on it now and then tries half as many again
 * or a fifth fewer, and keeps the better value. An increase that gains nothing is taken back; a decrease that loses
 * nothing is kept. When a service refuses requests, the limit returns to what that service has handled and grows
 * gently.
 *
 * <p>Throughput is counted, and not inferred from latencies as Vegas or Gradient do (Netflix's concurrency-limits),
 * since latencies differ between buckets and regions, and some requests hang: neither means that a service is full. A
 * window in which too little was under way says nothing: there was too little work, or a {@link RateLimiter} held it
 * back.
 */
public final class HillClimbingLimit implements ConcurrencyLimit {
    private enum Phase {
        RAMP,
        REST,
        UP,
        DOWN
    }

    private static final long SECOND = 1_000_000_000L;
    private static final int START = 64;
    private static final int LEAST = 4;
    private static final int SHORTEST_WINDOW = 24;
    /** The share of the limit that must be under way for a window to tell anything. */
    private static final double IN_USE = 0.7;

    private static final double GAIN_OF_DOUBLING = 1.2;
    private static final double STEP_UP = 1.5;
    private static final double GENTLE_STEP_UP = 1.1;
    private static final double GAIN_OF_STEP_UP = 1.03;
    private static final double STEP_DOWN = 0.8;
    private static final double KEPT_BY_STEP_DOWN = 0.99;
    private static final double MOST_BACK_OFF = 0.7;
    private static final long BACK_OFF_INTERVAL = SECOND;
    private static final long PAUSE_AFTER_REFUSAL = 3 * SECOND;
    /** Windows between two trials: more after each that failed, as each costs a little. */
    private static final int SHORTEST_REST = 2;

    private static final int LONGEST_REST = 32;

    private final LimitWindow window = new LimitWindow(SHORTEST_WINDOW);
    private Phase phase = Phase.RAMP;
    private int workers;
    private int limit = START;
    /** The limit to go back to if the present one is no better, and the throughput there. */
    private int proven = START;

    private double provenRate;
    private double stepUp = STEP_UP;
    private int rest = SHORTEST_REST;
    private int rested;
    private boolean downNext;
    private long refusedAt = Long.MIN_VALUE / 2;
    private long backedOffAt = Long.MIN_VALUE / 2;

    @Override
    public int current() {
        return Math.min(limit, workers);
    }

    @Override
    public int soon() {
        return phase == Phase.RAMP ? 2 * current() : current();
    }

    @Override
    public void workers(int known) {
        workers = known;
    }

    @Override
    public void succeeded(long nanos, int inFlight, long now) {
        window.succeeded(nanos, inFlight, now);
        if (window.full()) {
            judge(now);
            startWindow(now);
        }
    }

    @Override
    public void throttled(long now) {
        refusedAt = now;
        window.refused();
    }

    private void judge(long now) {
        boolean inUse = window.inFlight() >= IN_USE * current();
        if (window.refusals() > 0) {
            backOff(inUse, now);
        } else if (phase == Phase.RAMP) {
            ramp(inUse);
        } else if (!inUse) {
            settle(proven);
        } else if (phase == Phase.REST) {
            rest(now);
        } else {
            tried();
        }
    }

    private void ramp(boolean inUse) {
        if (!inUse) {
            return;
        }
        if (window.rate() < provenRate * GAIN_OF_DOUBLING) {
            settle(proven);
        } else if (limit >= workers) {
            settle(limit);
        } else {
            prove();
            limit *= 2;
        }
    }

    private void rest(long now) {
        rested++;
        provenRate += (window.rate() - provenRate) / rested;
        if (rested < rest) {
            return;
        }
        boolean up = !downNext && limit < workers && now - refusedAt > PAUSE_AFTER_REFUSAL;
        downNext = up;
        step(up);
    }

    private void tried() {
        boolean up = phase == Phase.UP;
        if (window.rate() < provenRate * (up ? GAIN_OF_STEP_UP : KEPT_BY_STEP_DOWN)) {
            settle(proven);
            rest = Math.min(LONGEST_REST, 2 * rest);
            return;
        }
        rest = SHORTEST_REST;
        stepUp = STEP_UP;
        prove();
        if (up ? limit < workers : limit > LEAST) {
            step(up);
        } else {
            settle(limit);
        }
    }

    private void step(boolean up) {
        phase = up ? Phase.UP : Phase.DOWN;
        limit = up ? (int) Math.ceil(limit * stepUp) : Math.max(LEAST, (int) (limit * STEP_DOWN));
    }

    /** Takes refused growth back, or goes down to what the service has handled, at most once per interval. */
    private void backOff(boolean inUse, long now) {
        int carried = (int) Math.min(limit, Math.max(MOST_BACK_OFF * current(), window.carried()));
        boolean grown = limit > proven;
        if (grown || (inUse && now - backedOffAt >= BACK_OFF_INTERVAL)) {
            settle(grown ? Math.max(proven, carried) : carried);
            backedOffAt = now;
        } else {
            settle(limit);
        }
        stepUp = GENTLE_STEP_UP;
        rest = SHORTEST_REST;
    }

    private void prove() {
        proven = limit;
        provenRate = window.rate();
    }

    private void settle(int value) {
        limit = Math.max(LEAST, Math.min(value, workers));
        proven = limit;
        phase = Phase.REST;
        rested = 0;
    }

    /**
     * A round trip during which the limit may have changed is left out, except during the ramp, which has no time to
     * lose.
     */
    private void startWindow(long now) {
        int round = Math.max(1, current());
        if (phase == Phase.RAMP) {
            window.start(0, Math.max(SHORTEST_WINDOW, round * 3 / 4), now);
        } else {
            window.start(round, Math.max(32, 2 * round), now);
        }
    }

    /** Outcomes of the tries that ended since a moment; a number of successes is skipped first, as they began before it. */
    static final class LimitWindow {
        private boolean begun;
        private int skip;
        private int size;
        private long startedAt;
        private long endedAt;
        private int successes;
        private int refusals;
        private long inFlight;
        private double busyNanos;

        /** The first window, which begins with the first try that succeeds: until then the clock may say anything. */
        LimitWindow(int wanted) {
            size = wanted;
        }

        void start(int skipped, int wanted, long now) {
            skip = skipped;
            size = wanted;
            startedAt = now;
            endedAt = now;
            successes = 0;
            refusals = 0;
            inFlight = 0;
            busyNanos = 0;
        }

        /** A try has succeeded after {@code nanos}, one of {@code underWay}. */
        void succeeded(long nanos, int underWay, long now) {
            if (!begun) {
                startedAt = now - nanos;
                begun = true;
            }
            if (skip > 0) {
                skip--;
                startedAt = now;
                return;
            }
            successes++;
            inFlight += underWay;
            busyNanos += nanos;
            endedAt = now;
        }

        void refused() {
            refusals++;
        }

        boolean full() {
            return successes >= size;
        }

        /** Successes per second. */
        double rate() {
            return successes * 1e9 / elapsed();
        }

        /** Tries under way, on average over the successes. */
        double inFlight() {
            return (double) inFlight / successes;
        }

        int refusals() {
            return refusals;
        }

        /** Average number of tries under way that were to succeed (Little's law). */
        double carried() {
            return busyNanos / elapsed();
        }

        private double elapsed() {
            return Math.max(1, endedAt - startedAt);
        }
    }
}
