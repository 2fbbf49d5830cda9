package dev.muster.aws.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

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
                ListingPage page = readPage(response, body);
                whole = true;
                return page;
            } finally {
                if (!whole) {
                    body.abort();
                }
            }
        }
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
}
