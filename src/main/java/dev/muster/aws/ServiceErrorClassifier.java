package dev.muster.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.aws.ErrorClassifier.CredentialUse;
import dev.muster.aws.ErrorClassifier.PlainText;
import dev.muster.aws.ErrorClassifier.Reason;
import dev.muster.engine.Failure.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;

/**
 * Classifies errors of services, by the codes of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3</a>, of the <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">other services</a>, and by status.
 */
final class ServiceErrorClassifier {
    static final String WRONG_CLOCK = "this machine's clock is wrong; set it";

    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "AuthFailure");
    private static final Set<String> BAD_CLOCK = Set.of("RequestTimeTooSkewed", "RequestInTheFuture");
    private static final Set<String> TRANSIENT = Set.of(
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "ServiceUnavailable",
            "RequestTimeout",
            "RequestTimeoutException",
            "OperationAborted",
            "ConcurrentModificationException");
    private static final Set<String> GONE = Set.of(
            "NoSuchBucket",
            "NoSuchKey",
            "NoSuchUpload",
            "NotFound",
            "QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue",
            "ResourceNotFoundException",
            "AccountNotFoundException");
    private static final Set<String> MISSING_SUBJECT =
            Set.of("NoSuchBucket", "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue");

    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AllAccessDisabled",
            "AccountProblem",
            "NotSignedUp",
            "UnauthorizedOperation",
            "UnauthorizedAccess");
    private static final Set<String> WRONG_REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");

    /**
     * Codes by which services ask for fewer requests, for themselves or for another service that they use, such as KMS.
     */
    private static final Pattern THROTTLING = Pattern.compile(
            "throttl|slowdown|toomanyrequests|overlimit|^limitexceeded|requestlimitexceeded|bandwidthlimitexceeded|rateexceeded"
                    + "|serverbusy|priorrequestnotcomplete|provisionedthroughputexceeded|transactioninprogress",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SLOWER = Pattern.compile(
            "reduce your request rate|rate exceeded|too many requests|slow down", Pattern.CASE_INSENSITIVE);

    /**
     * Messages about a wrong clock: some services report one as a wrong signature, or as a lack of permission. Names of
     * resources may contain these words.
     */
    private static final Pattern SKEW = Pattern.compile(
            "signature (?:has )?expired|signature not yet current|request has expired|difference between the request time"
                    + "|clock skew|time.{0,20} skew|too skewed",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_AUTHORIZED =
            Pattern.compile("not authorized to perform", Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_SUCH_FUNCTION =
            Pattern.compile("not implemented|not supported", Pattern.CASE_INSENSITIVE);

    private static final int PROXY_AUTHENTICATION = 407;

    /** Found, See Other, and Network Authentication Required: no AWS service sends them, but captive portals do. */
    private static final Set<Integer> OF_PROXIES = Set.of(302, 303, 511);

    private static final String PROXY_ANSWERED = "; a proxy or another server may have answered";

    private static final Pattern HTML = Pattern.compile("^\\s*<(?:!doctype\\s+html|html)\\b", Pattern.CASE_INSENSITIVE);

    private static final int NOT_IMPLEMENTED = 501;

    private ServiceErrorClassifier() {}

    static Reason of(AwsServiceException error, AwsSettings settings, CredentialUse use) {
        String code = code(error);
        String text = text(error, code);
        if (throttles(error, code)) {
            return new Reason(Kind.THROTTLED, code, text);
        } else if (ofClock(error)) {
            return new Reason(Kind.UNFIT, code, WRONG_CLOCK);
        } else if (EXPIRED.contains(code)) {
            Kind kind = use == CredentialUse.ASSUMED ? Kind.TRANSIENT : Kind.UNFIT;
            return new Reason(kind, code, "the credentials have expired; " + CredentialErrors.renew(settings));
        } else if (BAD_CREDENTIALS.contains(code)) {
            return switch (use) {
                case HOME -> new Reason(Kind.UNFIT, code, text + checkKey(settings));
                case ABROAD -> new Reason(Kind.DENIED, code, text + "; check that the account has enabled the region");
                case ASSUMED -> new Reason(Kind.DENIED, code, text + checkKey(settings));
            };
        } else if (error.statusCode() == PROXY_AUTHENTICATION) {
            return new Reason(
                    Kind.UNFIT,
                    code,
                    "the proxy asks for a user and a password; set them in HTTPS_PROXY as http://user:password@host:port");
        } else if (OF_PROXIES.contains(error.statusCode())) {
            return new Reason(Kind.TRANSIENT, code, text + PROXY_ANSWERED);
        } else if (isForeign(error)) {
            return new Reason(kind(error, code), code, text + PROXY_ANSWERED);
        } else if (WRONG_REGION.contains(code) || error.statusCode() / 100 == 3) {
            Optional<Region> region = BucketRegions.named(error);
            return new Reason(
                    Kind.INVALID,
                    code,
                    text
                            + region.map(r -> "; it is in " + r + ": give --region " + r)
                                    .orElse("; give the server's region with --region"));
        }
        return new Reason(kind(error, code), code, text);
    }

    /** Tells whether a request was refused because of the time at which it was signed. */
    static boolean ofClock(AwsServiceException error) {
        String code = code(error);
        String text = text(error, code);
        return BAD_CLOCK.contains(code)
                || (error.statusCode() == 403
                        && SKEW.matcher(text).find()
                        && !NOT_AUTHORIZED.matcher(text).find());
    }

    /** Tells whether a code says that credentials have expired. */
    static boolean isExpired(String code) {
        return EXPIRED.contains(code);
    }

    /** Tells whether a code says that the bucket or queue that a request is about does not exist. */
    static boolean ofMissingSubject(String code) {
        return MISSING_SUBJECT.contains(code);
    }

    /**
     * Tells whether a code says that credentials are unknown, wrong or expired, or the clock that requests are signed
     * by is wrong.
     */
    static boolean ofCredentials(String code) {
        return EXPIRED.contains(code) || BAD_CREDENTIALS.contains(code) || BAD_CLOCK.contains(code);
    }

    /**
     * Tells whether an error asks to slow down, by any code, status or message; one that forbids is never such an
     * error.
     */
    private static boolean throttles(AwsServiceException error, String code) {
        int status = error.statusCode();
        if (error.isThrottlingException()
                || status == 429
                || THROTTLING.matcher(code).find()) {
            return true;
        } else if (status == 503 && RetryAfter.isIn(error)) {
            return true;
        }
        return (status == 400 || status >= 500)
                && SLOWER.matcher(messageAndBody(error)).find();
    }

    /** Tells whether a refusal is a page for people, as proxies send, which no service does. */
    static boolean isForeign(AwsServiceException error) {
        return error.statusCode() / 100 == 4
                && (HTML.matcher(body(error)).find()
                        || header(error, "Content-Type").startsWith("text/html"));
    }

    private static String header(AwsServiceException error, String name) {
        return Optional.ofNullable(error.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader(name))
                .orElse("");
    }

    private static String messageAndBody(AwsServiceException error) {
        return error.getMessage() + body(error);
    }

    private static String body(AwsServiceException error) {
        return error.awsErrorDetails() == null || error.awsErrorDetails().rawResponse() == null
                ? ""
                : error.awsErrorDetails().rawResponse().asString(ISO_8859_1);
    }

    private static String checkKey(AwsSettings settings) {
        return "; check the access key" + CredentialErrors.where(settings);
    }

    private static Kind kind(AwsServiceException error, String code) {
        int status = error.statusCode();
        if (TRANSIENT.contains(code) || (status >= 500 && status != NOT_IMPLEMENTED)) {
            return Kind.TRANSIENT;
        } else if (GONE.contains(code) || status == 404) {
            return Kind.GONE;
        } else if (DENIED.contains(code) || status == 401 || status == 403) {
            return Kind.DENIED;
        }
        return Kind.INVALID;
    }

    /** The service's code; answers to HEAD have none and get S3's code for their status. */
    private static String code(AwsServiceException error) {
        String code =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorCode();
        if (error.statusCode() == 400
                && error.awsErrorDetails() != null
                && NO_SUCH_FUNCTION
                        .matcher(String.valueOf(error.awsErrorDetails().errorMessage()))
                        .find()) {
            return "NotImplemented";
        } else if (code != null && !code.isBlank()) {
            return code;
        }
        return switch (error.statusCode()) {
            case 301 -> "PermanentRedirect";
            case 307 -> "TemporaryRedirect";
            case 401, 403 -> "AccessDenied";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 501 -> "NotImplemented";
            case 503 -> "ServiceUnavailable";
            default -> "Status" + error.statusCode();
        };
    }

    /** The message without the full stop of a service's sentence, as advice may follow. */
    private static String text(AwsServiceException error, String code) {
        String text = error.awsErrorDetails() == null
                ? error.getMessage()
                : error.awsErrorDetails().errorMessage();
        String plain = text == null ? "" : PlainText.of(text);
        boolean words = !plain.isBlank() && !plain.equals(code);
        if (words) {
            return code + ": " + plain.replaceFirst("(?<!\\.)\\.$", "");
        }
        return code.startsWith("Status") ? "the server answered with status " + error.statusCode() : code;
    }
}
