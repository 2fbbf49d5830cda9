package dev.muster.aws.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Has the SDK's own client read a body, without a network. */
final class SdkReading {
    private static final byte[][] BODY = new byte[1][];
    private static final S3Client CLIENT = S3Client.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .httpClient(new CannedClient())
            .build();

    private SdkReading() {}

    static synchronized ListObjectsV2Response objects(byte[] body) {
        BODY[0] = body;
        return CLIENT.listObjectsV2(request -> request.bucket("bucket"));
    }

    /** What a page says, as far as a listing asks, in the words of the SDK's answer. */
    static List<String> words(ListObjectsV2Response page) {
        List<String> words = new ArrayList<>();
        page.contents()
                .forEach(object -> words.add(Words.object(
                        object.key(),
                        object.size(),
                        object.lastModified().toEpochMilli(),
                        object.storageClassAsString() == null
                                        || object.storageClassAsString().isEmpty()
                                ? "STANDARD"
                                : object.storageClassAsString())));
        page.commonPrefixes().forEach(prefix -> words.add("prefix " + prefix.prefix()));
        words.add("truncated " + page.isTruncated());
        return words;
    }

    private static final class CannedClient implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            byte[] body = BODY[0];
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(200)
                                    .putHeader("Content-Type", "application/xml")
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
