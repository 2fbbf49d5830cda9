package dev.muster.aws.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns error answers into the exceptions that the SDK's own client would throw. */
final class ListingErrors {
    private ListingErrors() {}

    /** Exception for an answer with a status other than 200. A body that is no error document is ignored. */
    static AwsServiceException of(SdkHttpResponse response, byte[] body) {
        AwsErrorDetails.Builder details = AwsErrorDetails.builder().rawResponse(SdkBytes.fromByteArray(body));
        ErrorDocumentException document = parse(body)
                .orElseGet(() -> new ErrorDocumentException(
                        "", response.statusText().orElse("status " + response.statusCode()), ""));
        return exception(response, document, details);
    }

    /** Exception for an error document that came with status 200. */
    static AwsServiceException of(SdkHttpResponse response, ErrorDocumentException document) {
        return exception(response, document, AwsErrorDetails.builder());
    }

    private static AwsServiceException exception(
            SdkHttpResponse response, ErrorDocumentException document, AwsErrorDetails.Builder details) {
        return S3Exception.builder()
                .awsErrorDetails(details.serviceName("S3")
                        .errorCode(document.code().isEmpty() ? null : document.code())
                        .errorMessage(document.text())
                        .sdkHttpResponse(response)
                        .build())
                .statusCode(response.statusCode())
                .requestId(document.requestId())
                .message(document.text())
                .build();
    }

    private static Optional<ErrorDocumentException> parse(byte[] body) {
        ListingParser reader =
                ListingParser.of(ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()), entry -> {});
        try {
            reader.feed(ByteBuffer.wrap(body));
            reader.finish();
        } catch (ErrorDocumentException e) {
            return Optional.of(e);
        } catch (MalformedPageException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
