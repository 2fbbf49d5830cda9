package dev.muster.cluster.state;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects below a prefix of a bucket. A write is a <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional put</a>: {@code
 * If-Match} on the ETag read, or {@code If-None-Match: *}.
 */
public final class S3StateStore implements StateStore {
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private final S3Client s3;
    private final AutoCloseable owner;
    private final String bucket;
    private final String prefix;

    /**
     * A store that asks nothing yet.
     *
     * @param owner closed with the store; the client is left to it
     * @param prefix without a slash at its end; may be empty
     */
    public S3StateStore(S3Client s3, AutoCloseable owner, String bucket, String prefix) {
        this.s3 = requireNonNull(s3, "s3 is null");
        this.owner = requireNonNull(owner, "owner is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.prefix = prefix.isEmpty() ? "" : prefix + "/";
    }

    @Override
    public Optional<Stored> read(String name) throws IOException {
        return get(name, Optional.empty())
                .map(object ->
                        new Stored(object.asByteArrayUnsafe(), object.response().eTag()));
    }

    @Override
    public Optional<byte[]> readHead(String name, int most) throws IOException {
        return get(name, Optional.of("bytes=0-" + (most - 1))).map(ResponseBytes::asByteArrayUnsafe);
    }

    private Optional<ResponseBytes<GetObjectResponse>> get(String name, Optional<String> range) throws IOException {
        return call("read", name, () -> {
            try {
                return Optional.of(s3.getObjectAsBytes(
                        get -> get.bucket(bucket).key(prefix + name).range(range.orElse(null))));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public String write(String name, byte[] content, Optional<String> expected) throws IOException {
        PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(bucket).key(prefix + name);
        expected.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
        return call("write", name, () -> s3.putObject(put.build(), RequestBody.fromBytes(content))
                .eTag());
    }

    @Override
    public List<String> list() throws IOException {
        return call(
                "list",
                "",
                () -> s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(prefix.length()))
                        .filter(name -> name.indexOf('/') < 0)
                        .toList());
    }

    @Override
    public void delete(String name) throws IOException {
        call(
                "delete",
                name,
                () -> s3.deleteObject(delete -> delete.bucket(bucket).key(prefix + name)));
    }

    @Override
    public String location() {
        return "s3://" + bucket + "/" + prefix.replaceFirst("/$", "");
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the S3 client", e);
        }
    }

    private <A> A call(String what, String name, Supplier<A> request) throws IOException {
        try {
            return request.get();
        } catch (S3Exception e) {
            boolean written = what.equals("write");
            if (written && isConflict(e.statusCode())) {
                throw new ConflictException(prefix + name + " in " + bucket + " was written by another coordinator");
            }
            throw failed(what, name, e);
        } catch (SdkException e) {
            throw failed(what, name, e);
        }
    }

    /** Not found answers a conditional put on what has been deleted meanwhile. */
    private static boolean isConflict(int status) {
        return status == CONFLICT || status == PRECONDITION_FAILED || status == NOT_FOUND;
    }

    private IOException failed(String what, String name, SdkException e) {
        return new IOException("cannot " + what + " s3://" + bucket + "/" + prefix + name + ": " + e.getMessage(), e);
    }
}
