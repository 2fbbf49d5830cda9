package dev.muster.aws.s3;

import dev.muster.aws.s3.ListingParser.ErrorDocumentException;
import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One request and its answer, read into a page while it arrives. Another thread can abort it at any time. */
final class ListingExchange {
    private static final int READ_SIZE = 16 * 1024;
    private static final int LONGEST_ERROR = 64 * 1024;

    private final SdkHttpClient http;
    private final ListingParser reader;
    private ExecutableHttpRequest running;
    private boolean over;

    ListingExchange(SdkHttpClient http, ListingParser reader) {
        this.http = http;
        this.reader = reader;
    }

    /** Sends the request and reads the answer, blocking. */
    ListingPage run(SdkHttpRequest request) throws IOException {
        ExecutableHttpRequest call = http.prepareRequest(
                HttpExecuteRequest.builder().request(request).build());
        begin(call);
        try {
            return read(call.call());
        } finally {
            end();
        }
    }

    /** Aborts the exchange: closes its connection, or prevents it from being opened. */
    synchronized void abort() {
        over = true;
        if (running != null) {
            running.abort();
        }
    }

    private synchronized void begin(ExecutableHttpRequest call) {
        if (over) {
            throw new CancellationException("the request was given up before it began");
        }
        running = call;
    }

    private synchronized void end() {
        running = null;
        over = true;
    }

    /** A connection can be reused only if the whole answer was read. */
    private ListingPage read(HttpExecuteResponse response) throws IOException {
        try (AbortableInputStream body = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
            boolean whole = false;
            try {
                if (response.httpResponse().statusCode() != 200) {
                    byte[] error = body.readNBytes(LONGEST_ERROR);
                    whole = error.length < LONGEST_ERROR;
                    throw ListingErrors.of(response.httpResponse(), error);
                }
                ListingPage page = readPage(response, unpacked(response, body));
                whole = true;
                return page;
            } finally {
                if (!whole) {
                    body.abort();
                }
            }
        }
    }

    /** Some servers, and proxies, compress what nobody asked them to. */
    private static InputStream unpacked(HttpExecuteResponse response, InputStream body) throws IOException {
        boolean gzip = response.httpResponse()
                .firstMatchingHeader("Content-Encoding")
                .filter(coding -> coding.strip().toLowerCase(Locale.ROOT).endsWith("gzip"))
                .isPresent();
        return gzip ? new GZIPInputStream(body) : body;
    }

    private ListingPage readPage(HttpExecuteResponse response, InputStream body) throws IOException {
        try {
            byte[] piece = new byte[READ_SIZE];
            for (int size = body.read(piece); size >= 0; size = body.read(piece)) {
                reader.feed(ByteBuffer.wrap(piece, 0, size));
            }
            return reader.finish().withHeaders(response.httpResponse().headers());
        } catch (ErrorDocumentException e) {
            throw ListingErrors.of(response.httpResponse(), e);
        }
    }

    /** Turns error answers into the exceptions that the SDK's own client would throw. */
    static final class ListingErrors {
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
}
