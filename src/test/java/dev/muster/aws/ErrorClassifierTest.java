package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sso.model.UnauthorizedException;

class ErrorClassifierTest {
    private final ErrorClassifier classifier = classifier(Map.of());

    private static ErrorClassifier classifier(Map<String, URI> endpoints) {
        return new ErrorClassifier(new AwsSettings(
                Optional.of("audit"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(URI.create("http://127.0.0.1:9000")),
                endpoints,
                false,
                false,
                Timeouts.DEFAULT,
                1));
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, THROTTLED",
        "302, Found, TRANSIENT",
        "511, NetworkAuthenticationRequired, TRANSIENT",
        "429, TooManyRequestsException, THROTTLED",
        "400, LimitExceededException, THROTTLED",
        "400, PriorRequestNotComplete, THROTTLED",
        "400, ThrottlingException, THROTTLED",
        "400, RequestLimitExceeded, THROTTLED",
        "503, SlowDownRead, THROTTLED",
        "400, OverLimit, THROTTLED",
        "400, KMS.ThrottlingException, THROTTLED",
        "403, KmsThrottled, THROTTLED",
        "400, TooManyRequests, THROTTLED",
        "509, BandwidthLimitExceeded, THROTTLED",
        "500, InternalError, TRANSIENT",
        "503, ServiceUnavailable, TRANSIENT",
        "501, NotImplemented, INVALID",
        "400, RequestTimeout, TRANSIENT",
        "403, AccessDenied, DENIED",
        "404, NoSuchBucket, GONE",
        "400, InvalidArgument, INVALID",
        "400, AuthorizationHeaderMalformed, INVALID",
        "400, ExpiredToken, UNFIT",
        "403, InvalidAccessKeyId, UNFIT",
        "403, SignatureDoesNotMatch, UNFIT",
        "403, RequestTimeTooSkewed, UNFIT",
    })
    void classifiesWhatServicesAnswer(int status, String code, Kind kind) {
        Failure failure = classifier.classify(serviceError(status, code, "because"), "list bucket logs");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).startsWith("list bucket logs failed: ");
    }

    @ParameterizedTest
    @CsvSource({
        "503, ServiceUnavailable, Please reduce your request rate., THROTTLED",
        "400, ThrottledByUs, Rate exceeded, THROTTLED",
        "403, AccessDenied, no permission for arn:aws:s3:::slow down, DENIED",
        "403, AccessDenied, Signature expired: 20240101T000000Z is now earlier than 20240101T001500Z, UNFIT",
        "403, SignatureDoesNotMatch, Signature not yet current, UNFIT",
        "403, AccessDenied, The request's time is too skewed, UNFIT",
        "403, AccessDenied, not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::skew-reports, DENIED",
        "403, AccessDenied, not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::x/clock skew, DENIED",
        "403, AccessDenied, no permission for arn:aws:s3:::skew-reports, DENIED",
        "400, InvalidArgument, The versions sub-resource is not supported, INVALID",
    })
    void classifiesByWordsWhatTheCodeDoesNotTell(int status, String code, String words, Kind kind) {
        assertThat(classifier
                        .classify(serviceError(status, code, words), "list bucket logs")
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void aServerThatSaysWhenToComeAgainAsksToSlowDown() {
        S3Exception busy = (S3Exception) S3Exception.builder()
                .statusCode(503)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(503)
                                .putHeader("Retry-After", "1")
                                .build())
                        .build())
                .build();

        assertThat(classifier.classify(busy, "list bucket logs").kind()).isEqualTo(Kind.THROTTLED);
    }

    @Test
    void aBodyThatIsNoErrorDocumentIsReadForItsWords() {
        S3Exception busy = (S3Exception) S3Exception.builder()
                .statusCode(503)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .rawResponse(SdkBytes.fromUtf8String("<html>Too Many Requests</html>"))
                        .build())
                .build();

        assertThat(classifier.classify(busy, "list bucket logs").kind()).isEqualTo(Kind.THROTTLED);
    }

    @Test
    void adviceFollowsWhatAServiceSaysWithoutItsFullStop() {
        String message = "The AWS Access Key Id you provided does not exist in our records.";

        assertThat(classifier
                        .classify(serviceError(403, "InvalidAccessKeyId", message), "list bucket logs")
                        .message())
                .contains("in our records; check the access key");
    }

    @ParameterizedTest
    @CsvSource({
        "301, PermanentRedirect, INVALID",
        "403, AccessDenied, DENIED",
        "404, NotFound, GONE",
        "503, ServiceUnavailable, TRANSIENT"
    })
    void classifiesAnswersWithoutABodyByTheirStatus(int status, String code, Kind kind) {
        Failure failure = classifier.classify(serviceError(status, null, null), "look up bucket logs");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void anAnswerThatIsCutShortIsTransient() {
        SdkClientException cut = SdkClientException.create(
                "Could not parse XML response.", new XMLStreamException("unexpected end of the document"));

        assertThat(classifier.classify(cut, "list bucket logs").kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void anAssumedRolesExpiryPassesByItself() {
        Failure failure = classifier.classifyAssumed(serviceError(400, "ExpiredToken", "old"), "list bucket logs");

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void expiredCredentialsSayWhatToDo() {
        Failure failure = classifier.classify(serviceError(400, "ExpiredToken", "old"), "list buckets");

        assertThat(failure.message()).contains("aws sso login --profile audit");
    }

    @Test
    void missingCredentialsMakeTheNodeUnfit() {
        Failure failure = classifier.classify(
                SdkClientException.create("Unable to load credentials from any of the providers"), "list buckets");

        assertThat(failure.kind()).isEqualTo(Kind.UNFIT);
        assertThat(failure.code()).isEqualTo("NoCredentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User: arn:aws:sts::1:assumed-role/AWSReservedSSO_Audit_1/ann is not authorized to perform: s3:ListBucket",
                "role/credentials is not authorized"
            })
    void aDenialIsADenialWhateverItsTextSays(String text) {
        Failure failure = classifier.classify(serviceError(403, "AccessDenied", text), "list bucket logs");

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.code()).isEqualTo("AccessDenied");
    }

    @Test
    void theNameOfABucketThatCannotBeReachedSaysNothingOfCredentials() {
        String host = "my-credentials.SSO.s3.amazonaws.com: Name or service not known";
        UnknownHostException unknown = new UnknownHostException(host);

        assertThat(classifier.classify(unknown, "list bucket my-credentials").code())
                .isEqualTo("UnknownHost");
        assertThat(classifier
                        .classify(
                                SdkClientException.create("Unable to execute HTTP request: " + host, unknown),
                                "list bucket my-credentials")
                        .code())
                .isEqualTo("UnknownHost");
    }

    @Test
    void anExpiredSignOnMakesTheNodeUnfit() {
        Failure refused = classifier.classify(
                UnauthorizedException.builder().statusCode(401).message("no").build(), "list buckets");
        Failure expired = classifier.classify(
                SdkClientException.create("The SSO session has expired", new IOException("token.json")),
                "list buckets");

        assertThat(refused.kind()).isEqualTo(Kind.UNFIT);
        assertThat(expired.code()).isEqualTo("ExpiredSignOn");
    }

    @Test
    void aRegionThatDoesNotKnowTheCredentialsLeavesTheNodeFit() {
        Failure unknown = classifier.classifyAbroad(serviceError(403, "InvalidToken", "odd"), "list bucket logs");
        Failure expired = classifier.classifyAbroad(serviceError(400, "ExpiredToken", "old"), "list bucket logs");

        assertThat(unknown.kind()).isEqualTo(Kind.DENIED);
        assertThat(unknown.message()).contains("enabled the region");
        assertThat(expired.kind()).isEqualTo(Kind.UNFIT);
    }

    @Test
    void aRefusedConnectionNamesTheEndpoint() {
        Throwable refused =
                new CompletionException(SdkClientException.create("oh", new ConnectException("Connection refused")));

        Failure failure = classifier.classify(refused, "list buckets");
        Failure ofSeveral =
                classifier(Map.of("s3", URI.create("http://127.0.0.1:1"))).classify(refused, "list buckets");

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.message()).contains("Connection refused", "check the endpoint http://127.0.0.1:9000");
        assertThat(ofSeveral.message())
                .contains("check the endpoint http://127.0.0.1:1 and the endpoint http://127.0.0.1:9000");
    }

    @Test
    void timeoutsAndBrokenConnectionsAreTransient() {
        assertThat(classifier.classify(new TimeoutException(), "x").kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(classifier.classify(new IOException("reset"), "x").kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void aBugIsADefect() {
        assertThat(classifier.classify(new NullPointerException("x"), "x").kind())
                .isEqualTo(Kind.DEFECT);
    }

    @Test
    void aMessageIsOneLine() {
        Failure failure = classifier.classify(serviceError(400, "Odd", "two\r\nlines"), "list bucket\nlogs");

        assertThat(failure.message()).isEqualTo("list bucket logs failed: Odd: two lines");
    }

    @Test
    void howeverLongTheKeysTheReasonIsNotCutAway() {
        String key = "k".repeat(1_024);

        Failure failure = classifier.classify(
                serviceError(403, "AccessDenied", "no permission"),
                "list the keys after \"" + key + "\" up to \"" + key + "\" of bucket logs");

        assertThat(failure.message()).endsWith("... failed: AccessDenied: no permission");
    }

    private static S3Exception serviceError(int status, String code, String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
