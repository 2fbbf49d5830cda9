package dev.muster.emulator.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** Turns HTTP requests into calls. */
final class HttpCalls {
    private static final String RAW_URI = "raw-request-uri";
    private static final AtomicLong REQUESTS = new AtomicLong();

    private HttpCalls() {}

    static Call read(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            headers.put(header.lowercaseName(), header.value());
        }
        headers.put("content-type", request.entity().getContentType().toString());
        String target = headers.get(RAW_URI);
        int mark = target.indexOf('?');
        Map<String, String> query = mark < 0 ? Map.of() : UriText.form(target.substring(mark + 1));
        String signer = headers.getOrDefault("authorization", query.getOrDefault("X-Amz-Credential", ""));
        return call(request, mark < 0 ? target : target.substring(0, mark), query, headers, Scope.parse(signer));
    }

    /** Stands for a request of which not even the address can be read, to answer it with an error. */
    static Call unreadable(HttpRequest request) {
        return call(request, "/", Map.of(), Map.of(), Optional.empty());
    }

    static CompletionStage<ByteString> body(HttpRequest request, Materializer materializer) {
        if (request.entity() instanceof HttpEntity.Strict strict) {
            return CompletableFuture.completedStage(strict.getData());
        }
        return request.entity()
                .getDataBytes()
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer);
    }

    private static Call call(
            HttpRequest request,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Optional<Scope> scope) {
        String requestId = String.format("%016X", REQUESTS.incrementAndGet());
        return new Call(
                request.method().value(),
                path,
                query,
                headers,
                ByteString.emptyByteString(),
                scope,
                Optional.empty(),
                requestId,
                1);
    }
}
