package dev.muster.aws;

import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * Gives the certificate authorities of the environment to the clients that the SDK makes by itself to fetch credentials, of
 * single sign-on and of roles that profiles name: it honours {@code AWS_CA_BUNDLE} nowhere.
 */
public final class CredentialHttpService implements SdkHttpService {
    private static volatile AwsSettings settings = AwsSettings.DEFAULT;

    /** Lets the SDK's own clients made from now on trust the authorities of these settings. */
    static void use(AwsSettings current) {
        settings = current;
        System.setProperty(SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.property(), CredentialHttpService.class.getName());
    }

    @Override
    public SdkHttpClient.Builder<?> createHttpClientBuilder() {
        ApacheHttpClient.Builder builder = ApacheHttpClient.builder();
        TrustedAuthorities.of(settings).ifPresent(builder::tlsTrustManagersProvider);
        return builder;
    }
}
