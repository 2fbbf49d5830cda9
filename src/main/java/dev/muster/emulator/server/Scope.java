package dev.muster.emulator.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Credential scope of a request: signer, region and service. The signature itself is not verified.
 *
 * @param service such as {@code s3}
 */
public record Scope(String accessKeyId, String region, String service) {
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?:^|Credential=)([^/\\s,]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

    /** Reads {@code AKID/date/region/service/aws4_request} from an Authorization header or an X-Amz-Credential value. */
    public static Optional<Scope> parse(String text) {
        Matcher matcher = CREDENTIAL.matcher(text);
        return matcher.find()
                ? Optional.of(new Scope(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }
}
