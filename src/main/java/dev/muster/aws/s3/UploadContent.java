package dev.muster.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.FileRequestBodyConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Bytes to upload, with the digests by which server and client verify that they arrived. */
public final class UploadContent {
    private final Supplier<AsyncRequestBody> body;
    private final ContentDigest digest;
    private final String type;

    private UploadContent(Supplier<AsyncRequestBody> body, ContentDigest digest, String type) {
        this.body = body;
        this.digest = digest;
        this.type = type;
    }

    public static UploadContent of(byte[] bytes) {
        byte[] copy = bytes.clone();
        try {
            return new UploadContent(
                    () -> AsyncRequestBody.fromBytes(copy),
                    digest(new ByteArrayInputStream(copy), copy.length, List.of()),
                    null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Content of a whole file, which is read once for its digests. */
    public static UploadContent of(Path file) throws IOException {
        return of(file, 0, Files.size(file), List.of());
    }

    /** A part of a file; reads it once, for its digests, and adds it to more of them. */
    static UploadContent of(Path file, long start, long length, List<ContentDigest> more) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(start);
            ContentDigest digest = digest(in, length, more);
            FileRequestBodyConfiguration part = FileRequestBodyConfiguration.builder()
                    .path(file)
                    .position(start)
                    .numBytesToRead(length)
                    .build();
            return new UploadContent(() -> AsyncRequestBody.fromFile(part), digest, null);
        }
    }

    private static ContentDigest digest(InputStream in, long length, List<ContentDigest> more) throws IOException {
        ContentDigest digest = new ContentDigest();
        byte[] buffer = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the file is shorter than it was");
            }
            digest.update(buffer, read);
            for (ContentDigest one : more) {
                one.update(buffer, read);
            }
            left -= read;
        }
        return digest;
    }

    /** The same bytes as a document of this media type. */
    public UploadContent as(String mediaType) {
        return new UploadContent(body, digest, mediaType);
    }

    ContentDigest digest() {
        return digest;
    }

    /** The media type; null for the server's default. */
    String type() {
        return type;
    }

    /** The bytes for one request. */
    AsyncRequestBody body() {
        return body.get();
    }
}
