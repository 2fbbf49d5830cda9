package dev.muster.events.dayfile;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Checks a downloaded object: merging a part of a day and writing it back would lose the rest. */
final class CheckedDownload {
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private CheckedDownload() {}

    /** Compares length and, where the ETag is an MD5 digest, content with what the answer announced. */
    static void verify(String uri, Path file, GetObjectResponse response) {
        try {
            if (response.eTag() == null) {
                throw broken(uri, "the answer has no ETag, so it cannot be replaced safely");
            }
            long size = Files.size(file);
            if (response.contentLength() == null || size != response.contentLength()) {
                throw broken(uri, size + " of " + response.contentLength() + " bytes arrived");
            }
            String etag = response.eTag().replace("\"", "");
            if (isDigest(etag, response) && !etag.equals(md5(file))) {
                throw broken(uri, "the content does not match its ETag");
            }
        } catch (IOException e) {
            throw new TaskException(
                    new Failure(Failure.Kind.TRANSIENT, e.getClass().getSimpleName(), "read of " + uri + ": " + e), e);
        }
    }

    /** Objects uploaded in parts, or encrypted with other keys than S3's own, have another kind of ETag. */
    private static boolean isDigest(String etag, GetObjectResponse response) {
        ServerSideEncryption encryption = response.serverSideEncryption();
        return MD5.matcher(etag).matches()
                && response.sseCustomerAlgorithm() == null
                && (encryption == null || encryption == ServerSideEncryption.AES256);
    }

    private static String md5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private static TaskException broken(String uri, String why) {
        return new TaskException(
                new Failure(Failure.Kind.TRANSIENT, "BrokenDownload", "read of " + uri + " is not usable: " + why));
    }
}
