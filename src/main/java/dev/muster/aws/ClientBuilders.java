package dev.muster.aws;

import dev.muster.aws.s3.SdkListing;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.AccountClientBuilder;
import software.amazon.awssdk.services.account.endpoints.AccountEndpointProvider;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.OrganizationsClientBuilder;
import software.amazon.awssdk.services.organizations.endpoints.OrganizationsEndpointProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClientBuilder;
import software.amazon.awssdk.services.sns.endpoints.SnsEndpointProvider;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;
import software.amazon.awssdk.services.sqs.endpoints.SqsEndpointProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/**
 * Builds clients by the settings: endpoint, credentials, timeouts, no retries. A client does not know how often a request
 * was made before, so each may take as long as the last repetition; what is silent is ended earlier, by the connection.
 */
final class ClientBuilders {
    /**
     * A request that is refused because of this machine's clock is sent once more, signed by the service's time, as all
     * later ones are.
     */
    private static final RetryStrategy ONLY_FOR_THE_CLOCK = StandardRetryStrategy.builder()
            .maxAttempts(2)
            .backoffStrategy(BackoffStrategy.retryImmediately())
            .circuitBreakerEnabled(false)
            .useClientDefaults(false)
            .retryOnException(error -> error instanceof SdkException known && RetryUtils.isClockSkewException(known))
            .build();

    private final AwsSettings settings;
    private final HttpClients http;
    private final CachedCredentials credentials;
    private final DoubtedRefusals refusals;

    ClientBuilders(AwsSettings settings, HttpClients http, CachedCredentials credentials) {
        this.settings = settings;
        this.http = http;
        this.credentials = credentials;
        this.refusals = new DoubtedRefusals(settings, credentials::renew, System::nanoTime);
    }

    S3Client s3(Region region) {
        return blocking(forS3(S3Client.builder()), "s3", region).build();
    }

    StsClient sts(Region region) {
        StsClientBuilder builder = StsClient.builder();
        if (onlyAws("sts")) {
            StsEndpointProvider rules = StsEndpointProvider.defaultProvider();
            builder.endpointProvider(asked ->
                    rules.resolveEndpoint(asked.toBuilder().endpoint(null).build()));
        }
        return blocking(builder, "sts", region).build();
    }

    OrganizationsClient organizations(Region region) {
        OrganizationsClientBuilder builder = OrganizationsClient.builder();
        if (onlyAws("organizations")) {
            OrganizationsEndpointProvider rules = OrganizationsEndpointProvider.defaultProvider();
            builder.endpointProvider(asked ->
                    rules.resolveEndpoint(asked.toBuilder().endpoint(null).build()));
        }
        return blocking(builder, "organizations", region).build();
    }

    AccountClient account(Region region) {
        AccountClientBuilder builder = AccountClient.builder();
        if (onlyAws("account")) {
            AccountEndpointProvider rules = AccountEndpointProvider.defaultProvider();
            builder.endpointProvider(asked ->
                    rules.resolveEndpoint(asked.toBuilder().endpoint(null).build()));
        }
        return blocking(builder, "account", region).build();
    }

    S3AsyncClient s3Async(Region region) {
        return asynchronous(forS3(S3AsyncClient.builder()), "s3", region).build();
    }

    /** Digests of messages are checked by the caller: the SDK rejects a whole batch for one that does not match. */
    SqsAsyncClient sqsAsync(Region region) {
        SqsAsyncClientBuilder builder = SqsAsyncClient.builder().checksumValidationEnabled(false);
        if (onlyAws("sqs")) {
            SqsEndpointProvider rules = SqsEndpointProvider.defaultProvider();
            builder.endpointProvider(asked ->
                    rules.resolveEndpoint(asked.toBuilder().endpoint(null).build()));
        }
        return asynchronous(builder, "sqs", region).build();
    }

    SnsAsyncClient snsAsync(Region region) {
        SnsAsyncClientBuilder builder = SnsAsyncClient.builder();
        if (onlyAws("sns")) {
            SnsEndpointProvider rules = SnsEndpointProvider.defaultProvider();
            builder.endpointProvider(asked ->
                    rules.resolveEndpoint(asked.toBuilder().endpoint(null).build()));
        }
        return asynchronous(builder, "sns", region).build();
    }

    /** Tells whether endpoints that the SDK would find by itself are to be ignored. */
    private boolean onlyAws(String service) {
        return settings.ignoresConfiguredEndpoints()
                && settings.endpointOf(service).isEmpty();
    }

    /** Checksums only where S3 demands them, for other servers do not know the newer ones. */
    private <B extends S3BaseClientBuilder<B, ?>> B forS3(B builder) {
        if (onlyAws("s3")) {
            S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
            builder.endpointProvider(asked ->
                    rules.resolveEndpoint(asked.toBuilder().endpoint(null).build()));
        }
        return builder.forcePathStyle(settings.bucketsInPath())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B blocking(
            B builder, String service, Region region) {
        return common(builder, service, region).httpClient(http.blocking());
    }

    private <B extends AwsClientBuilder<B, ?> & AwsAsyncClientBuilder<B, ?>> B asynchronous(
            B builder, String service, Region region) {
        return common(builder, service, region).httpClient(http.asynchronous());
    }

    private <B extends AwsClientBuilder<B, ?>> B common(B builder, String service, Region region) {
        Optional<URI> endpoint = settings.endpointOf(service);
        endpoint.map(UnderscoredHost::standIn).ifPresent(builder::endpointOverride);
        builder.fipsEnabled(settings.fips().isPresent())
                .dualstackEnabled(settings.dualstack().isPresent());
        return builder.region(region).credentialsProvider(credentials).overrideConfiguration(override -> {
            endpoint.flatMap(UnderscoredHost::of).ifPresent(override::addExecutionInterceptor);
            if (service.equals("organizations")) {
                override.addExecutionInterceptor(new UnusedDates());
            }
            override.retryStrategy(ONLY_FOR_THE_CLOCK)
                    .addExecutionInterceptor(new NoExpectContinue())
                    .addExecutionInterceptor(new SdkListing.Keeper())
                    .addExecutionInterceptor(refusals)
                    .apiCallTimeout(settings.timeouts().request().multipliedBy(LateAnswers.MOST));
            override.defaultProfileFileSupplier(settings::profiles).defaultProfileName(settings.profileName());
        });
    }

    /**
     * Sends uploads without {@code Expect: 100-continue}: the SDK's asynchronous client takes the {@code 100 Continue} of some
     * servers for their answer.
     */
    static final class NoExpectContinue implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            SdkHttpRequest request = context.httpRequest();
            return request.firstMatchingHeader("Expect").isPresent()
                    ? request.toBuilder().removeHeader("Expect").build()
                    : request;
        }
    }
}
