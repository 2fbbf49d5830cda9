package dev.muster.aws.s3;

import dev.muster.aws.EndpointUrl;
import dev.muster.aws.SigningClock;
import dev.muster.aws.s3.BucketEndpoints.BucketEndpoint;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.CredentialUtils;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Builds requests from listing parameters, signed by the SDK's signer unless the identity is anonymous. */
final class ListingSigner {
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final boolean requestPayer;
    private final SigningClock clock;

    ListingSigner(boolean requestPayer, SigningClock clock) {
        this.requestPayer = requestPayer;
        this.clock = clock;
    }

    /**
     * Builds a request.
     *
     * @param key key of the object that it is about; empty if it is about the bucket
     */
    SdkHttpRequest sign(
            BucketEndpoint endpoint,
            String key,
            Map<String, String> parameters,
            Map<String, String> headers,
            AwsCredentialsIdentity identity) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol(endpoint.url().getScheme())
                .host(EndpointUrl.host(endpoint.url()))
                .port(EndpointUrl.port(endpoint.url()))
                .encodedPath(endpoint.url().getRawPath())
                .putHeader("User-Agent", "muster");
        if (!key.isEmpty()) {
            String path = endpoint.url().getRawPath();
            request.encodedPath((path.endsWith("/") ? path : path + "/") + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
        }
        parameters.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        if (requestPayer) {
            request.putHeader("x-amz-request-payer", "requester");
        }
        if (CredentialUtils.isAnonymous(identity)) {
            return request.build();
        }
        return signer.sign(sign -> sign.identity(identity)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, endpoint.signingName())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.signingRegion())
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock.get())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
    }
}
