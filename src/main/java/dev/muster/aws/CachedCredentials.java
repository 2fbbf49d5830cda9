package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * Keeps credentials until shortly before they expire, and requests them once, however many callers wait for them. Never
 * blocks: callers that come while there are none get the future of the pending request. Thread-safe.
 *
 * <p>A failed request is not kept; the next caller triggers another one.
 */
final class CachedCredentials implements IdentityProvider<AwsCredentialsIdentity> {
    /** Lifetime of credentials without an expiry, such as those in a file, which may change. */
    private static final Duration UNDATED_LIFE = Duration.ofMinutes(15);

    private static final Duration REFRESH_BEFORE = Duration.ofMinutes(5);
    private static final Duration UNUSABLE_BEFORE = Duration.ofMinutes(1);
    private static final Duration YOUNG = Duration.ofSeconds(2);

    private final Supplier<CompletableFuture<? extends AwsCredentialsIdentity>> source;
    private final Clock clock;
    private AwsCredentialsIdentity current;
    private Instant expiry = Instant.MIN;
    private Instant obtained = Instant.MIN;
    private CompletableFuture<AwsCredentialsIdentity> pending;

    CachedCredentials(Supplier<CompletableFuture<? extends AwsCredentialsIdentity>> source, Clock clock) {
        this.source = requireNonNull(source, "source is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Discards credentials that a service refuses; many callers that find this out together cause one request. */
    synchronized void renew() {
        Instant now = clock.instant();
        if (current != null && now.isAfter(obtained.plus(YOUNG))) {
            expiry = Instant.EPOCH;
        }
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
        return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        CompletableFuture<AwsCredentialsIdentity> started;
        CompletableFuture<AwsCredentialsIdentity> answer;
        synchronized (this) {
            Instant now = clock.instant();
            boolean usable = current != null && now.isBefore(expiry.minus(UNUSABLE_BEFORE));
            if (usable && (pending != null || now.isBefore(expiry.minus(REFRESH_BEFORE)))) {
                return CompletableFuture.completedFuture(current);
            }
            if (pending != null) {
                return pending.copy();
            }
            started = new CompletableFuture<>();
            pending = started;
            answer = usable ? CompletableFuture.completedFuture(current) : started.copy();
        }
        var unused = source.get().whenComplete((identity, failure) -> settle(started, identity, failure));
        return answer;
    }

    private void settle(
            CompletableFuture<AwsCredentialsIdentity> result, AwsCredentialsIdentity identity, Throwable failure) {
        synchronized (this) {
            pending = null;
            if (failure == null) {
                current = identity;
                obtained = clock.instant();
                expiry = identity.expirationTime()
                        .orElseGet(() -> clock.instant().plus(UNDATED_LIFE));
            }
        }
        if (failure == null) {
            result.complete(identity);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
