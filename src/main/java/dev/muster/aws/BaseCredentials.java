package dev.muster.aws;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Credentials that a run begins with: given keys, else the named profile, else the SDK's default chain. */
final class BaseCredentials {
    private BaseCredentials() {}

    static AwsCredentialsProvider of(AwsSettings settings) {
        if (settings.keys().isPresent()) {
            return of(settings.keys().get());
        }
        if (settings.profile().isPresent()) {
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
