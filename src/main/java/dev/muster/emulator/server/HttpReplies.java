package dev.muster.emulator.server;

import dev.muster.emulator.server.Gateway.FaultDecision;
import dev.muster.emulator.server.Reply.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Turns replies into HTTP responses, and breaks those whose fate it is. */
final class HttpReplies {
    private static final Map<String, ContentType> CONTENT_TYPES = new ConcurrentHashMap<>();
    private static final ByteString ZEROS = ByteString.fromArrayUnsafe(new byte[1 << 16]);

    private HttpReplies() {}

    static HttpResponse write(Reply reply) {
        return write(reply, "GET", FaultDecision.KIND);
    }

    static HttpResponse write(Reply reply, String method, FaultDecision fate) {
        boolean bodiless = method.equals("HEAD");
        boolean document =
                reply.contentType().equals(Reply.XML) || reply.contentType().endsWith("json");
        // A shortened object could not be told from a whole one, so only documents are truncated silently.
        double breakOff = document ? fate.breakOff() : Math.min(fate.breakOff(), fate.keep());
        if (breakOff < 1 && !bodiless) {
            return response(reply, 200).withEntity(broken(reply, breakOff));
        }
        boolean truncated = document && fate.keep() < 1;
        Blob body = truncated ? reply.body().slice(0, (long) (reply.body().size() * fate.keep())) : reply.body();
        return response(reply, reply.status()).withEntity(entity(reply.contentType(), body, bodiless));
    }

    private static HttpResponse response(Reply reply, int status) {
        List<HttpHeader> headers = new ArrayList<>(reply.headers().size());
        reply.headers().forEach((name, value) -> headers.add(RawHeader.create(name, value)));
        return HttpResponse.create().withStatus(status).addHeaders(headers);
    }

    private static ResponseEntity entity(String contentType, Blob body, boolean bodiless) {
        if (body.size() == 0) {
            return contentType.isEmpty()
                    ? HttpEntities.EMPTY
                    : HttpEntities.create(type(contentType), ByteString.emptyByteString());
        }
        if (bodiless) {
            return HttpEntities.create(type(contentType), body.size(), Source.empty());
        }
        if (body instanceof Blob.Bytes bytes) {
            return HttpEntities.create(type(contentType), bytes.bytes());
        }
        return HttpEntities.create(type(contentType), body.size(), zeros(body.size()));
    }

    private static ResponseEntity broken(Reply reply, double share) {
        Blob body = reply.body();
        ByteString start = body instanceof Blob.Bytes bytes ? bytes.bytes().take((int) (body.size() * share)) : ZEROS;
        Source<ByteString, NotUsed> source = Source.range(0, 1).map(step -> {
            if (step == 0) {
                return start;
            }
            throw new UncheckedIOException(new IOException("connection reset on purpose"));
        });
        return HttpEntities.create(type(reply.contentType()), Math.max(1, body.size()), source);
    }

    private static Source<ByteString, NotUsed> zeros(long size) {
        ByteString rest = ZEROS.take((int) (size % ZEROS.size()));
        return Source.repeat(ZEROS).take(size / ZEROS.size()).concat(Source.single(rest));
    }

    private static ContentType type(String value) {
        return CONTENT_TYPES.computeIfAbsent(value, HttpReplies::parse);
    }

    private static ContentType parse(String value) {
        try {
            return ContentTypes.parse(value);
        } catch (IllegalArgumentException malformed) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }
}
