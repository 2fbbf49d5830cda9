package dev.muster.emulator.server;

import dev.muster.emulator.PracticeAccount;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Access keys and their owners: the fixed keys of the accounts, and those that AssumeRole has handed out. */
public final class Access {
    private final Map<String, Principal> callers = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Access(List<PracticeAccount> accounts, InstantSource clock) {
        this.clock = clock;
        for (PracticeAccount account : accounts) {
            String arn = "arn:aws:iam::" + account.id() + ":user/practice";
            String uniqueId = "AIDA" + account.id() + "USER";
            callers.put(
                    account.accessKeyId(), new Principal(account, arn, uniqueId, Optional.empty(), Optional.empty()));
        }
    }

    /** Keys that live for a time and need their session token. */
    public record Temporary(String accessKeyId, String secretAccessKey, String sessionToken, Instant expires) {}

    /** Makes credentials for a role of an account. */
    public Temporary assume(PracticeAccount account, String role, String session, Duration life) {
        Instant expires = clock.instant().plus(life);
        Temporary keys = new Temporary(
                "ASIA" + hex(8).toUpperCase(Locale.ROOT),
                "practice-" + hex(16),
                "practice-session-" + hex(32),
                expires);
        String arn = "arn:aws:sts::" + account.id() + ":assumed-role/" + role + "/" + session;
        String uniqueId = "AROA" + account.id() + "ROLE:" + session;
        callers.put(
                keys.accessKeyId(),
                new Principal(account, arn, uniqueId, Optional.of(keys.sessionToken()), Optional.of(expires)));
        return keys;
    }

    /** Caller of a signed request; empty for an anonymous one. Errors have the codes that S3 gives them. */
    public Optional<Principal> identify(Call call) {
        if (call.scope().isEmpty()) {
            return Optional.empty();
        }
        Principal caller = callers.get(call.scope().get().accessKeyId());
        if (caller == null) {
            throw new ServiceError(
                    403,
                    "InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records.",
                    Map.of(),
                    Map.of("AWSAccessKeyId", call.scope().get().accessKeyId()));
        }
        Optional<String> token = call.header("x-amz-security-token")
                .or(() -> call.header("x-amz-s3session-token"))
                .or(() -> call.parameter("X-Amz-Security-Token"));
        if (caller.sessionToken().isPresent() && !caller.sessionToken().equals(token)) {
            throw new ServiceError(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        }
        if (caller.expires().isPresent()
                && !clock.instant().isBefore(caller.expires().get())) {
            throw new ServiceError(400, "ExpiredToken", "The provided token has expired.");
        }
        return Optional.of(caller);
    }

    private String hex(int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return HexFormat.of().formatHex(raw);
    }

    /**
     * An action that IAM must allow for a request.
     *
     * @param action as policies name it, such as {@code s3:ListBucket}
     * @param resource its ARN; {@code *} for an action that knows no resources
     */
    public record Authorization(String action, String resource) {}

    /**
     * Owner of an access key.
     *
     * @param arn of the user or the assumed role
     * @param uniqueId what GetCallerIdentity calls UserId
     * @param sessionToken required with temporary credentials
     * @param expires of temporary credentials
     */
    public record Principal(
            PracticeAccount account,
            String arn,
            String uniqueId,
            Optional<String> sessionToken,
            Optional<Instant> expires) {}

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
}
