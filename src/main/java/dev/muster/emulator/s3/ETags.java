package dev.muster.emulator.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** ETags as computed by S3. */
final class ETags {
    private ETags() {}

    /** The MD5 of an object written in one piece. */
    static String of(ByteString content) {
        MessageDigest md5 = md5();
        content.getByteBuffers().forEach(md5::update);
        return HexFormat.of().formatHex(md5.digest());
    }

    /** The MD5 of the parts' MD5 digests, with their number. */
    static String ofParts(List<String> partETags) {
        MessageDigest md5 = md5();
        partETags.forEach(etag -> md5.update(HexFormat.of().parseHex(etag)));
        return HexFormat.of().formatHex(md5.digest()) + "-" + partETags.size();
    }

    /** Tells whether a condition's value (one or several ETags, or a star) names an ETag. */
    static boolean matches(String condition, String etag) {
        return Arrays.stream(condition.split(",", -1))
                .map(value -> value.strip().replace("\"", ""))
                .anyMatch(value -> value.equals("*") || value.equals(etag));
    }

    static String quoted(String etag) {
        return '"' + etag + '"';
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
