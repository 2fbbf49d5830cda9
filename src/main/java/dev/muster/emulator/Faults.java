package dev.muster.emulator;

import dev.muster.emulator.keys.KeyGenerator.ObjectFacts;
import dev.muster.emulator.server.Gateway.FaultDecision;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.TokenBucket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Faults of a running cloud, which may be changed at any time and from any thread. With the same seed the n-th request
 * always gets the same faults; the clients determine which request is the n-th.
 */
public final class Faults {
    private final LongSupplier nanoClock;
    private final AtomicLong drawn = new AtomicLong();
    private final Map<String, FaultProfile> overrides = new ConcurrentHashMap<>();
    private final Map<String, TokenBucket> budgets = new ConcurrentHashMap<>();
    private volatile FaultProfile general = FaultProfile.NONE;
    private volatile long seed;

    Faults(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Sets the faults of all requests that have no override. */
    public void set(FaultProfile profile) {
        general = profile;
        budgets.clear();
    }

    /**
     * Sets the faults of a service, or of one operation of it.
     *
     * @param scope {@code s3} or {@code s3:ListObjectsV2}, of which the second has precedence
     */
    public void set(String scope, FaultProfile profile) {
        overrides.put(scope, profile);
        budgets.clear();
    }

    /** Restarts the random numbers. */
    public void seed(long value) {
        seed = value;
        drawn.set(0);
    }

    /** Removes all faults. */
    public void clear() {
        overrides.clear();
        set(FaultProfile.NONE);
    }

    FaultDecision draw(String service, String operation, String limited) {
        FaultProfile profile = overrides.get(service + ":" + operation);
        profile = profile != null ? profile : overrides.getOrDefault(service, general);
        if (profile.equals(FaultProfile.NONE)) {
            return FaultDecision.KIND;
        }
        Dice dice = new Dice(ObjectFacts.mix(seed) ^ ObjectFacts.mix(drawn.getAndIncrement() << 8));
        Duration delay = profile.latency().at(dice.next(), dice.next());
        Optional<ServiceError> refusal = refusal(profile, dice, service + ":" + limited);
        boolean hangs = dice.next() < profile.hangRate();
        double breakOff = dice.next() < profile.resetRate() ? dice.next() : 1;
        double keep = dice.next() < profile.truncationRate() ? dice.next() : 1;
        double pageShare = dice.next() < profile.shortPageRate() ? dice.next() : 1;
        return new FaultDecision(delay, refusal, hangs, breakOff, keep, pageShare);
    }

    private Optional<ServiceError> refusal(FaultProfile profile, Dice dice, String limited) {
        double choice = dice.next();
        if (dice.next() < profile.errorRate()) {
            return Optional.of(
                    profile.errors().get((int) (choice * profile.errors().size())));
        }
        if (profile.requestsPerSecond() > 0 && !budget(profile, limited).tryTake(nanoClock.getAsLong())) {
            return Optional.of(ServiceError.slowDown());
        }
        return Optional.empty();
    }

    private TokenBucket budget(FaultProfile profile, String limited) {
        return budgets.computeIfAbsent(
                limited, key -> new TokenBucket(profile.requestsPerSecond(), profile.burst(), nanoClock.getAsLong()));
    }

    /** Random numbers of one request. */
    private static final class Dice {
        private long state;

        Dice(long state) {
            this.state = state;
        }

        double next() {
            return (ObjectFacts.mix(state++) >>> 11) * 0x1p-53;
        }
    }
}
