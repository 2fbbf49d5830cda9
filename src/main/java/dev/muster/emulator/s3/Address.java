package dev.muster.emulator.s3;

import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.UriText;

/**
 * Target of a request: the service itself, a bucket, or an object, in either style: {@code /bucket/key} or {@code
 * bucket.localhost}.
 *
 * @param bucket empty for the service
 * @param key empty for a bucket
 */
record Address(String bucket, String key) {
    private static final String SUFFIX = ".localhost";

    static Address of(Call call) {
        String path = call.path().startsWith("/") ? call.path().substring(1) : call.path();
        String host = call.header("host").orElse("");
        int port = host.lastIndexOf(':');
        String name = port < 0 ? host : host.substring(0, port);
        if (name.endsWith(SUFFIX)) {
            return new Address(name.substring(0, name.length() - SUFFIX.length()), UriText.path(path));
        }
        int slash = path.indexOf('/');
        return slash < 0
                ? new Address(UriText.path(path), "")
                : new Address(UriText.path(path.substring(0, slash)), UriText.path(path.substring(slash + 1)));
    }
}
