package dev.muster.emulator.s3;

import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.ServiceError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.apache.pekko.util.ByteString;

/**
 * Reads the content of an upload, decoding {@code aws-chunked} if necessary: chunks of {@code
 * size[;chunk-signature=...]}, then trailers. Lengths, MD5, CRC-32 and CRC-32C are verified, other checksums are not.
 */
final class ContentReader {
    private final ByteString source;
    private int at;
    private Optional<String> crc32;
    private Optional<String> crc32c;

    private ContentReader(Call call) {
        source = call.body().compact();
        crc32 = call.header("x-amz-checksum-crc32");
        crc32c = call.header("x-amz-checksum-crc32c");
    }

    static ByteString content(Call call) {
        ContentReader reader = new ContentReader(call);
        boolean chunked = call.header("x-amz-content-sha256")
                .filter(value -> value.startsWith("STREAMING-"))
                .isPresent();
        ByteString content = chunked ? reader.chunks() : call.body();
        Optional<String> length = call.header("x-amz-decoded-content-length");
        if (chunked && length.isPresent() && !length.get().equals(Integer.toString(content.size()))) {
            throw new ServiceError(
                    400, "IncompleteBody", "You did not provide the number of bytes specified by the HTTP header");
        }
        call.header("content-md5").ifPresent(expected -> verifyMd5(expected, content));
        reader.crc32.ifPresent(expected -> verify(expected, new CRC32(), content));
        reader.crc32c.ifPresent(expected -> verify(expected, new CRC32C(), content));
        return content;
    }

    private ByteString chunks() {
        ByteString content = ByteString.emptyByteString();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            if (at + size > source.size()) {
                throw malformed();
            }
            content = content.concat(source.slice(at, at + size));
            at += size;
            if (!line().isEmpty()) {
                throw malformed();
            }
        }
        readTrailers();
        return content;
    }

    private int chunkSize() {
        String head = line();
        int end = head.indexOf(';');
        try {
            return Integer.parseUnsignedInt(end < 0 ? head : head.substring(0, end), 16);
        } catch (NumberFormatException notHexadecimal) {
            throw malformed();
        }
    }

    private void readTrailers() {
        while (at < source.size()) {
            String trailer = line();
            int colon = trailer.indexOf(':');
            String name = colon < 0 ? "" : trailer.substring(0, colon);
            String value = trailer.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("x-amz-checksum-crc32")) {
                crc32 = Optional.of(value);
            } else if (name.equalsIgnoreCase("x-amz-checksum-crc32c")) {
                crc32c = Optional.of(value);
            }
        }
    }

    private String line() {
        int end = source.indexOf('\r', at);
        if (end < 0) {
            throw malformed();
        }
        String line = source.slice(at, end).decodeString(StandardCharsets.US_ASCII);
        at = end + 2;
        return line;
    }

    private static void verify(String expected, Checksum checksum, ByteString content) {
        content.getByteBuffers().forEach(checksum::update);
        byte[] actual = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
        if (!Base64.getEncoder().encodeToString(actual).equals(expected)) {
            throw new ServiceError(
                    400, "BadDigest", "The checksum you specified did not match the calculated checksum.");
        }
    }

    private static void verifyMd5(String expected, ByteString content) {
        byte[] actual = HexFormat.of().parseHex(ETags.of(content));
        if (!Base64.getEncoder().encodeToString(actual).equals(expected)) {
            throw new ServiceError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }

    private static ServiceError malformed() {
        return new ServiceError(400, "InvalidRequest", "The aws-chunked body is malformed.");
    }
}
