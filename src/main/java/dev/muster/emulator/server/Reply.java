package dev.muster.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/**
 * An answer.
 *
 * @param headers without Content-Type, Content-Length and Date
 * @param contentType empty for a reply without content
 * @param body for HEAD, what GET would have sent: only its size travels
 */
public record Reply(int status, Map<String, String> headers, String contentType, Blob body) {
    public static final String XML = "application/xml";

    public Reply {
        headers = Map.copyOf(headers);
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), "", Blob.EMPTY);
    }

    public static Reply xml(int status, XmlBuffer document) {
        return new Reply(status, Map.of(), XML, new Blob.Bytes(document.toByteString()));
    }

    public static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of(), contentType, Blob.of(body.getBytes(UTF_8)));
    }

    public Reply with(String header, String value) {
        return with(Map.of(header, value));
    }

    public Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, contentType, body);
    }

    /** The content of an object or of a reply. */
    public sealed interface Blob {
        Blob EMPTY = new Bytes(ByteString.emptyByteString());

        /** In bytes. */
        long size();

        /** The part from one offset (inclusive) to another (exclusive). */
        Blob slice(long from, long until);

        /** Content that is there. */
        record Bytes(ByteString bytes) implements Blob {
            public Bytes {
                requireNonNull(bytes, "bytes is null");
            }

            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public Blob slice(long from, long until) {
                return new Bytes(bytes.slice((int) from, (int) until));
            }
        }

        /** Zero bytes that are made when somebody reads them: the content of objects of which only the size is known. */
        record Zeros(long size) implements Blob {
            public Zeros {
                if (size < 0) {
                    throw new IllegalArgumentException("size is negative: " + size);
                }
            }

            @Override
            public Blob slice(long from, long until) {
                return new Zeros(until - from);
            }
        }

        static Blob of(byte[] bytes) {
            return new Bytes(ByteString.fromArray(bytes));
        }
    }
}
