package dev.muster.aws.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Length, MD5 and CRC-32 of bytes. Not thread-safe until the last byte has been added. */
public final class ContentDigest {
    private final MessageDigest md5 = newMd5();
    private final CRC32 crc32 = new CRC32();
    private long length;
    private byte[] digest;

    /** The digest of a whole file. */
    public static ContentDigest of(Path file) throws IOException {
        return UploadContent.of(file).digest();
    }

    public void update(byte[] bytes, int number) {
        update(ByteBuffer.wrap(bytes, 0, number));
    }

    public void update(ByteBuffer bytes) {
        length += bytes.remaining();
        crc32.update(bytes.duplicate());
        md5.update(bytes);
    }

    public long length() {
        return length;
    }

    /** The MD5 digest in hexadecimal digits, as in an ETag. */
    public String md5() {
        return HexFormat.of().formatHex(bytes());
    }

    /** Digest as in the header {@code Content-MD5}. */
    String md5Base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /** Checksum as in the header {@code x-amz-checksum-crc32}. */
    String crc32Base64() {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc32.getValue()).array());
    }

    /** Tells whether both are of the same bytes. */
    public boolean matches(ContentDigest other) {
        return length == other.length && md5().equals(other.md5());
    }

    private synchronized byte[] bytes() {
        if (digest == null) {
            digest = md5.digest();
        }
        return digest;
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
