package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Delay before the cloud works on a request.
 *
 * @param typical of all but the tail
 * @param jitter the share of a delay by which it may be shorter or longer, from 0 to 1
 * @param tailShare the share of requests that are slow, from 0 to 1
 * @param tail of the slow ones
 */
public record Latency(Duration typical, double jitter, double tailShare, Duration tail) {
    public static final Latency NONE = fixed(Duration.ZERO);

    public Latency {
        requireNonNull(typical, "typical is null");
        requireNonNull(tail, "tail is null");
        FaultProfile.requireShare("jitter", jitter);
        FaultProfile.requireShare("tailShare", tailShare);
    }

    /** The same for every request. */
    public static Latency fixed(Duration typical) {
        return new Latency(typical, 0, 0, typical);
    }

    /** The delay at two random numbers from 0 (inclusive) to 1 (exclusive). */
    Duration at(double choice, double spread) {
        Duration base = choice < tailShare ? tail : typical;
        double factor = 1 + jitter * (2 * spread - 1);
        return Duration.ofNanos((long) (base.toNanos() * factor));
    }
}
