package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Credentials of the roles that a run assumes, one per role. */
final class AssumedRoles {
    private static final String SESSION = "muster";

    private final IdentityProvider<AwsCredentialsIdentity> base;
    private final Supplier<StsClient> sts;
    private final BlockingCalls calls;
    private final Clock clock;
    private final Map<String, CachedCredentials> byArn = new ConcurrentHashMap<>();

    AssumedRoles(
            IdentityProvider<AwsCredentialsIdentity> base, Supplier<StsClient> sts, BlockingCalls calls, Clock clock) {
        this.base = requireNonNull(base, "base is null");
        this.sts = requireNonNull(sts, "sts is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    IdentityProvider<AwsCredentialsIdentity> of(String arn) {
        requireNonNull(arn, "arn is null");
        return byArn.computeIfAbsent(arn, role -> new CachedCredentials(() -> assume(role), clock));
    }

    /** Waits for the base credentials without a thread, so that waiting roles never keep the base from its thread. */
    private CompletableFuture<AwsSessionCredentials> assume(String arn) {
        return base.resolveIdentity()
                .thenCompose(identity -> calls.call(() -> session(sts.get()
                        .assumeRole(request -> request.roleArn(arn).roleSessionName(SESSION))
                        .credentials())));
    }

    private static AwsSessionCredentials session(Credentials credentials) {
        return AwsSessionCredentials.builder()
                .accessKeyId(credentials.accessKeyId())
                .secretAccessKey(credentials.secretAccessKey())
                .sessionToken(credentials.sessionToken())
                .expirationTime(credentials.expiration())
                .build();
    }
}
