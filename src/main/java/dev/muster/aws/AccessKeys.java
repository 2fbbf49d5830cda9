package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Credentials given as an access key.
 *
 * @param id access key id
 * @param secret secret access key
 * @param sessionToken the token of temporary credentials
 */
public record AccessKeys(String id, String secret, Optional<String> sessionToken) {
    /** No credentials: requests are sent unsigned, as public buckets accept them. */
    public static final AccessKeys ANONYMOUS = new AccessKeys("", "", Optional.empty());

    public AccessKeys {
        requireNonNull(id, "id is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(sessionToken, "sessionToken is null");
    }

    /** Keeps the secrets out of logs. */
    @Override
    public String toString() {
        return "AccessKeys[" + id + "]";
    }
}
