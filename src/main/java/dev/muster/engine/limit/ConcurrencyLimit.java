package dev.muster.engine.limit;

/**
 * Limit of the tasks under way at the same time in a whole run. It is told once of each outcome that counted. An
 * outcome that is lost or late is merely missing from its measurements.
 */
public interface ConcurrencyLimit {
    /** The most tasks that may be under way from now on; tasks beyond that number may finish. */
    int current();

    /** The likely value of {@link #current} when the tasks that are planned now are handed out. */
    int soon();

    /** Tells the number of workers at present. */
    void workers(int known);

    /** A try has succeeded after {@code nanos} nanoseconds, while {@code inFlight} tries were under way. */
    void succeeded(long nanos, int inFlight, long now);

    /** A service has refused a try and asked for fewer. */
    void throttled(long now);

    /** No limit other than the number of workers. */
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
