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
 * Keeps credentials until shortly before they expire, and asks for them once, however many want them meanwhile. Never
 * blocks: who comes while there are none gets the future of the request under way. Thread-safe.
 *
 * <p>A failed request is not kept; the next one who comes asks again.
 */
final class CachedCredentials implements IdentityProvider<AwsCredentialsIdentity> {
    /** Sources that name no expiry, such as a credentials file, may change all the same. */
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

    /** Asks the source again before these are given out, as a service refuses them; once for many who find that out together. */
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
