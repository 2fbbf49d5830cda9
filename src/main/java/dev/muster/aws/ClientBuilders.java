package dev.muster.aws;

import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Makes clients as the settings ask: endpoint, credentials, timeouts, no retries. */
final class ClientBuilders {
    private final AwsSettings settings;
    private final HttpClients http;
    private final CachedCredentials credentials;

    ClientBuilders(AwsSettings settings, HttpClients http, CachedCredentials credentials) {
        this.settings = settings;
        this.http = http;
        this.credentials = credentials;
    }

    S3Client s3(Region region) {
        return blocking(forS3(S3Client.builder()), "s3", region).build();
    }

    StsClient sts(Region region) {
        return blocking(StsClient.builder(), "sts", region).build();
    }

    OrganizationsClient organizations(Region region) {
        return blocking(OrganizationsClient.builder(), "organizations", region).build();
    }

    AccountClient account(Region region) {
        return blocking(AccountClient.builder(), "account", region).build();
    }

    S3AsyncClient s3Async(Region region) {
        return asynchronous(forS3(S3AsyncClient.builder()), "s3", region).build();
    }

    SqsAsyncClient sqsAsync(Region region) {
        return asynchronous(SqsAsyncClient.builder(), "sqs", region).build();
    }

    SnsAsyncClient snsAsync(Region region) {
        return asynchronous(SnsAsyncClient.builder(), "sns", region).build();
    }

    /** Checksums only where S3 demands them, for other servers do not know the newer ones. */
    private <B extends S3BaseClientBuilder<B, ?>> B forS3(B builder) {
        return builder.forcePathStyle(settings.pathStyle())
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
        settings.endpointOf(service).ifPresent(builder::endpointOverride);
        return builder.region(region).credentialsProvider(credentials).overrideConfiguration(override -> {
            override.retryStrategy(AwsRetryStrategy.doNotRetry())
                    .addExecutionInterceptor(new NoExpectContinue())
                    .addExecutionInterceptor(new ListingAnswer.Keeper())
                    .apiCallTimeout(settings.timeouts().request());
            settings.profile().ifPresent(override::defaultProfileName);
        });
    }
}
