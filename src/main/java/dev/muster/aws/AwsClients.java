package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.CredentialErrors.UnusableCredentialsException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients, one per service and region, each created on first use. All blocking clients share a connection
 * pool, all asynchronous ones another; a run that needs only one kind never loads the other. None retries (invariant
 * 3).
 *
 * <p>Clients carry the base credentials. To act in another account, override a request's credentials provider with what
 * {@link #role} gives. Thread-safe.
 */
public final class AwsClients implements AutoCloseable {
    private static final int CREDENTIAL_THREADS = 4;

    private record ClientId(Class<?> type, Region region) {}

    private final AwsSettings settings;
    private final Region home;
    private final HttpClients http;
    private final BlockingCalls calls;
    private final BlockingCalls credentialCalls = new BlockingCalls("muster-credentials", CREDENTIAL_THREADS);
    private final SigningClock signingClock = new SigningClock(Clock.systemUTC());
    private final CachedCredentials base;
    private final AssumedRoles roles;
    private final ClientBuilders builders;
    private final Map<ClientId, SdkClient> clients = new ConcurrentHashMap<>();

    /**
     * Opens nothing yet: credentials, connections and clients are created on first use.
     *
     * @throws AwsSettingsException if the environment or the AWS configuration has an unusable setting
     */
    public AwsClients(AwsSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        settings.validate();
        home = AwsRegions.home(settings);
        http = new HttpClients(settings);
        calls = new BlockingCalls("muster-aws", settings.maxConnections());
        Lazy<AwsCredentialsProvider> source = new Lazy<>(() -> BaseCredentials.of(settings));
        base = new CachedCredentials(
                () -> credentialCalls.call(
                        UnusableCredentialsException.where(() -> source.get().resolveCredentials())),
                Clock.systemUTC());
        builders = new ClientBuilders(settings, http, base);
        roles = new AssumedRoles(base, () -> sts(home), credentialCalls, Clock.systemUTC());
    }

    public AwsSettings settings() {
        return settings;
    }

    /** The region of requests that name none. */
    public Region home() {
        return home;
    }

    /** The credentials a run begins with. Resolving them never blocks. */
    public IdentityProvider<AwsCredentialsIdentity> base() {
        return base;
    }

    /**
     * Credentials of a role in another account, assumed with the base credentials by <a
     * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a> and renewed before
     * they expire. Resolving them never blocks; the same role is assumed only once, however many callers ask.
     *
     * @param arn the role, such as {@code arn:aws:iam::123456789012:role/Audit}
     */
    public IdentityProvider<AwsCredentialsIdentity> role(String arn) {
        return roles.of(arn);
    }

    /**
     * Fetches the credentials again from their source, and has listings signed by the service's clock, after a service
     * has refused what it accepted a moment ago.
     *
     * @param error the error whose answer, if it has one, tells the service's time
     */
    public void renew(IdentityProvider<AwsCredentialsIdentity> credentials, Throwable error) {
        if (credentials instanceof CachedCredentials cached) {
            cached.renew();
        }
        signingClock.learn(error);
    }

    /** The clock that listings are signed by: this machine's, corrected by a service's time. */
    public SigningClock signingClock() {
        return signingClock;
    }

    public S3Client s3(Region region) {
        return client(S3Client.class, region, builders::s3);
    }

    public StsClient sts(Region region) {
        return client(StsClient.class, region, builders::sts);
    }

    public OrganizationsClient organizations(Region region) {
        return client(OrganizationsClient.class, region, builders::organizations);
    }

    public AccountClient account(Region region) {
        return client(AccountClient.class, region, builders::account);
    }

    public S3AsyncClient s3Async(Region region) {
        return client(S3AsyncClient.class, region, builders::s3Async);
    }

    public SqsAsyncClient sqsAsync(Region region) {
        return client(SqsAsyncClient.class, region, builders::sqsAsync);
    }

    public SnsAsyncClient snsAsync(Region region) {
        return client(SnsAsyncClient.class, region, builders::snsAsync);
    }

    /**
     * Makes a call with a blocking client on a thread of its own; there are as many threads as connections. The future
     * fails with what the call threw; cancelling it interrupts the call.
     */
    public <T> CompletableFuture<T> call(Callable<T> call) {
        return calls.call(call);
    }

    /** The connection pool that the blocking clients share. */
    public SdkHttpClient httpClient() {
        return http.blocking();
    }

    /** Closes all connections; requests under way fail. */
    @Override
    public void close() {
        calls.close();
        credentialCalls.close();
        clients.values().forEach(SdkClient::close);
        http.close();
    }

    private <T extends SdkClient> T client(Class<T> type, Region region, Function<Region, T> make) {
        requireNonNull(region, "region is null");
        return type.cast(clients.computeIfAbsent(new ClientId(type, region), id -> make.apply(region)));
    }

    /**
     * Credentials that a run begins with: given keys, else those of the profile in use, else the SDK's default chain, whose
     * errors do not tell what is wrong with a profile.
     */
    static final class BaseCredentials {
        private BaseCredentials() {}

        static AwsCredentialsProvider of(AwsSettings settings) {
            if (settings.keys().isPresent()) {
                return of(settings.keys().get());
            }
            CredentialHttpService.use(settings);
            if (settings.credentialsProfile().isPresent()) {
                settings.requireNoCode();
                return ProfileCredentialsProvider.builder()
                        .profileFile(settings::profiles)
                        .profileName(settings.profileName())
                        .build();
            }
            return DefaultCredentialsProvider.builder()
                    .profileFile(settings::profiles)
                    .profileName(settings.profileName())
                    .build();
        }

        private static AwsCredentialsProvider of(AccessKeys keys) {
            return keys.equals(AccessKeys.ANONYMOUS)
                    ? AnonymousCredentialsProvider.create()
                    : StaticCredentialsProvider.create(credentials(keys));
        }

        private static AwsCredentials credentials(AccessKeys keys) {
            return keys.sessionToken().isPresent()
                    ? AwsSessionCredentials.create(
                            keys.id(), keys.secret(), keys.sessionToken().get())
                    : AwsBasicCredentials.create(keys.id(), keys.secret());
        }
    }
}
