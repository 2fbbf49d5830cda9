package dev.muster.engine.limit;

/**
 * Limit of the tasks under way at the same time in a whole run. It is told of the outcomes that counted, once each, and
 * needs none of them: whatever is lost or late is only missing from its measurements.
 */
public interface ConcurrencyLimit {
    /** Tasks under way at most, from now on; those under way beyond it are let go on. */
    int current();

    /** The likely value of {@link #current} when the tasks that are planned now are handed out. */
    int soon();

    /** Tells the number of workers at present. */
    void workers(int known);

    /** A try has succeeded after {@code nanos}, one of {@code inFlight} that were under way. */
    void succeeded(long nanos, int inFlight, long now);

    /** A service has refused a try, asking for fewer. */
    void throttled(long now);

    /** No limit but the number of workers. */
    static ConcurrencyLimit none() {
        return new ConcurrencyLimit() {
            @Override
            public int current() {
                return Integer.MAX_VALUE;
            }

            @Override
            public int soon() {
                return Integer.MAX_VALUE;
            }

            @Override
            public void workers(int known) {}

            @Override
            public void succeeded(long nanos, int inFlight, long now) {}

            @Override
            public void throttled(long now) {}
        };
    }
}
