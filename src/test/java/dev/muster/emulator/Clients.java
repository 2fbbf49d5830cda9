package dev.muster.emulator;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.organizations.OrganizationsAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/** SDK clients that talk to a practice cloud and never retry. */
final class Clients {
    private Clients() {}

    static S3AsyncClient s3(PracticeCloud cloud, PracticeAccount account) {
        return s3(cloud, credentials(account), Estate.REGION);
    }

    static S3AsyncClient s3(PracticeCloud cloud, AwsCredentialsProvider credentials, String region) {
        return to(cloud, S3AsyncClient.builder(), credentials, region).build();
    }

    static StsAsyncClient sts(PracticeCloud cloud, PracticeAccount account) {
        return to(cloud, StsAsyncClient.builder(), credentials(account), Estate.REGION)
                .build();
    }

    static OrganizationsAsyncClient organizations(PracticeCloud cloud, PracticeAccount account) {
        return to(cloud, OrganizationsAsyncClient.builder(), credentials(account), Estate.REGION)
                .build();
    }

    static AwsCredentialsProvider credentials(PracticeAccount account) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(account.accessKeyId(), account.secretAccessKey()));
    }

    private static <B extends AwsClientBuilder<B, ?>> B to(
            PracticeCloud cloud, B builder, AwsCredentialsProvider credentials, String region) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(retries -> retries.maxAttempts(1))
                        .apiCallTimeout(Duration.ofSeconds(30))
                        .build());
    }
}
