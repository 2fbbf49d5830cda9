package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import dev.muster.emulator.server.ServiceError;
import java.time.Duration;
import java.util.List;

/**
 * Faults and their frequency. Rates are shares of all requests, from 0 to 1; {@link #NONE} is the start for the {@code
 * with} methods.
 *
 * @param latency delay before a request is processed
 * @param requestsPerSecond rate above which a bucket's prefix (or an operation of another service) is throttled; 0 for
 *     no limit
 * @param burst number of requests that may come at once within that limit
 * @param errorRate requests answered with one of {@code errors}
 * @param errors the errors to answer with, all equally likely
 * @param hangRate requests that are never answered
 * @param resetRate replies that break off together with their connection
 * @param truncationRate replies that look complete but lack the end of their body
 * @param shortPageRate listings that return fewer entries than they could, and say that there are more
 */
public record FaultProfile(
        Latency latency,
        double requestsPerSecond,
        double burst,
        double errorRate,
        List<ServiceError> errors,
        double hangRate,
        double resetRate,
        double truncationRate,
        double shortPageRate) {
    private static final List<ServiceError> SERVER_ERRORS = List.of(
            new ServiceError(500, "InternalError", "We encountered an internal error. Please try again."),
            new ServiceError(503, "ServiceUnavailable", "Service is unable to handle request."));

    public static final FaultProfile NONE = new FaultProfile(Latency.NONE, 0, 0, 0, SERVER_ERRORS, 0, 0, 0, 0);

    public FaultProfile {
        requireNonNull(latency, "latency is null");
        errors = List.copyOf(errors);
        if (errors.isEmpty() || requestsPerSecond < 0 || burst < 0) {
            throw new IllegalArgumentException("errors must not be empty, requestsPerSecond and burst not negative");
        }
        requireShare("errorRate", errorRate);
        requireShare("hangRate", hangRate);
        requireShare("resetRate", resetRate);
        requireShare("truncationRate", truncationRate);
        requireShare("shortPageRate", shortPageRate);
    }

    public FaultProfile withLatency(Latency value) {
        return new FaultProfile(
                value, requestsPerSecond, burst, errorRate, errors, hangRate, resetRate, truncationRate, shortPageRate);
    }

    public FaultProfile withRateLimit(double perSecond, double atOnce) {
        return new FaultProfile(
                latency, perSecond, atOnce, errorRate, errors, hangRate, resetRate, truncationRate, shortPageRate);
    }

    public FaultProfile withErrorRate(double rate) {
        return withErrors(rate, errors);
    }

    public FaultProfile withErrors(double rate, List<ServiceError> choice) {
        return new FaultProfile(
                latency, requestsPerSecond, burst, rate, choice, hangRate, resetRate, truncationRate, shortPageRate);
    }

    public FaultProfile withHangRate(double rate) {
        return new FaultProfile(
                latency, requestsPerSecond, burst, errorRate, errors, rate, resetRate, truncationRate, shortPageRate);
    }

    public FaultProfile withResetRate(double rate) {
        return new FaultProfile(
                latency, requestsPerSecond, burst, errorRate, errors, hangRate, rate, truncationRate, shortPageRate);
    }

    public FaultProfile withTruncationRate(double rate) {
        return new FaultProfile(
                latency, requestsPerSecond, burst, errorRate, errors, hangRate, resetRate, rate, shortPageRate);
    }

    public FaultProfile withShortPageRate(double rate) {
        return new FaultProfile(
                latency, requestsPerSecond, burst, errorRate, errors, hangRate, resetRate, truncationRate, rate);
    }

    static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1: " + value);
        }
    }

    /**
     * Delay before the cloud processes a request.
     *
     * @param typical the typical delay of all but the slow requests
     * @param jitter share of a delay by which it may be shorter or longer, from 0 to 1
     * @param tailShare the share of requests that are slow, from 0 to 1
     * @param tail typical delay of the slow requests
     */
    public record Latency(Duration typical, double jitter, double tailShare, Duration tail) {
        public static final Latency NONE = fixed(Duration.ZERO);

        public Latency {
            requireNonNull(typical, "typical is null");
            requireNonNull(tail, "tail is null");
            FaultProfile.requireShare("jitter", jitter);
            FaultProfile.requireShare("tailShare", tailShare);
        }

        /** The same delay for every request. */
        public static Latency fixed(Duration typical) {
            return new Latency(typical, 0, 0, typical);
        }

        /** The delay for two random numbers from 0 (inclusive) to 1 (exclusive). */
        Duration at(double choice, double spread) {
            Duration base = choice < tailShare ? tail : typical;
            double factor = 1 + jitter * (2 * spread - 1);
            return Duration.ofNanos((long) (base.toNanos() * factor));
        }
    }
}
