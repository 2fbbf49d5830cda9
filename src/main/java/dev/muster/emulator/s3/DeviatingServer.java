package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.emulator.server.ServiceError;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** Changes requests before they are carried out, and answers afterwards, like a server that deviates from S3. */
final class DeviatingServer {
    private static final Set<String> WRITES = Set.of("PutObject", "UploadPart");
    private static final Set<String> TAGGED = Set.of("PutObject", "GetObject", "HeadObject", "UploadPart");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");
    private static final String IF_MATCH = "if-match";
    private static final String IF_NONE_MATCH = "if-none-match";
    private static final String ETAG = "ETag";

    private volatile Set<S3Deviation> deviations = Set.of();

    void set(Set<S3Deviation> value) {
        deviations = value.isEmpty() ? Set.of() : EnumSet.copyOf(value);
    }

    Reply answer(String operation, Call call, Function<Call, Reply> server) {
        if (deviations.isEmpty()) {
            return server.apply(call);
        }
        try {
            return replied(operation, server.apply(received(operation, call)));
        } catch (ServiceError error) {
            return refused(operation, error);
        }
    }

    private boolean does(S3Deviation deviation) {
        return deviations.contains(deviation);
    }

    private synchronized boolean once(S3Deviation deviation) {
        if (!does(deviation)) {
            return false;
        }
        Set<S3Deviation> left = EnumSet.copyOf(deviations);
        left.remove(deviation);
        set(left);
        return true;
    }

    private Call received(String operation, Call call) {
        boolean write = WRITES.contains(operation);
        Map<String, String> headers = new HashMap<>(call.headers());
        ByteString body = call.body();
        if (write) {
            checkSums(headers);
        }
        if (write && (does(S3Deviation.STORES_HALF) || once(S3Deviation.STORES_HALF_ONCE))) {
            ByteString content = ContentReader.content(call);
            body = content.take(content.size() / 2);
            headers.keySet().removeIf(DeviatingServer::describesBody);
        }
        boolean completes = operation.equals("CompleteMultipartUpload");
        if ((operation.equals("PutObject") && does(S3Deviation.IGNORES_CONDITIONS))
                || (completes && does(S3Deviation.COMPLETES_UNCONDITIONALLY))) {
            headers.remove(IF_MATCH);
            headers.remove(IF_NONE_MATCH);
        }
        if (completes && does(S3Deviation.OPAQUE_ETAGS)) {
            body = ByteString.fromString(DIGEST.matcher(body.utf8String()).replaceAll(tag -> reversed(tag.group())));
        }
        String tag = headers.get(IF_MATCH);
        if (tag != null) {
            headers.put(IF_MATCH, tag(tag));
        }
        return call.with(headers, body);
    }

    private void checkSums(Map<String, String> headers) {
        boolean newer = headers.keySet().stream().anyMatch(name -> name.startsWith("x-amz-checksum-"));
        if (newer && does(S3Deviation.REFUSES_CHECKSUM_HEADERS)) {
            throw new ServiceError(400, "InvalidRequest", "Unsupported header 'x-amz-checksum-crc32' received");
        }
        if (!newer && !headers.containsKey("content-md5") && does(S3Deviation.DEMANDS_CHECKSUM)) {
            throw new ServiceError(
                    400,
                    "InvalidRequest",
                    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests");
        }
    }

    private static boolean describesBody(String header) {
        return header.startsWith("x-amz-checksum-")
                || header.equals("content-md5")
                || header.equals("x-amz-content-sha256")
                || header.equals("x-amz-decoded-content-length");
    }

    private String tag(String ifMatch) {
        boolean refused = (ifMatch.startsWith("\"") && does(S3Deviation.REFUSES_QUOTED_IF_MATCH))
                || (ifMatch.startsWith("W/") && does(S3Deviation.WEAK_ETAGS));
        if (refused) {
            throw S3Errors.preconditionFailed("If-Match");
        }
        String bare = ifMatch.replace("\"", "");
        return does(S3Deviation.OPAQUE_ETAGS) ? reversed(bare) : bare;
    }

    private Reply replied(String operation, Reply reply) {
        String etag = reply.headers().get(ETAG);
        if (etag == null || !TAGGED.contains(operation)) {
            return reply;
        }
        String bare = etag.replace("\"", "");
        String shown = ETags.quoted(does(S3Deviation.OPAQUE_ETAGS) ? reversed(bare) : bare);
        if (operation.equals("UploadPart")) {
            return reply.with(ETAG, shown);
        } else if (does(S3Deviation.WEAK_ETAGS)) {
            shown = "W/" + shown;
        } else if (does(S3Deviation.BARE_ETAGS)) {
            shown = shown.replace("\"", "");
        }
        return reply.with(ETAG, shown);
    }

    private static String reversed(String tag) {
        return new StringBuilder(tag).reverse().toString();
    }

    private Reply refused(String operation, ServiceError error) {
        if (error.status() != 412) {
            throw error;
        } else if (does(S3Deviation.LOST_RACE_IS_304)) {
            return Reply.empty(304);
        } else if (does(S3Deviation.LOST_RACE_IS_404)) {
            throw error.as(404, "NoSuchKey");
        } else if (does(S3Deviation.LOST_RACE_IS_409)) {
            throw error.as(409, "ConditionalRequestConflict");
        } else if (does(S3Deviation.LOST_RACE_IS_ERROR_DOCUMENT) && operation.equals("CompleteMultipartUpload")) {
            String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + error.code()
                    + "</Code><Message>" + error.getMessage() + "</Message></Error>";
            return new Reply(200, Map.of(), Reply.XML, Blob.of(document.getBytes(UTF_8)));
        }
        throw error;
    }
}
