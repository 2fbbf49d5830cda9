package dev.muster.inventory.dataset;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.s3.BucketClient;
import dev.muster.aws.s3.ConditionalPut;
import dev.muster.aws.s3.ConditionalPut.Outcome;
import dev.muster.aws.s3.MultipartPut;
import dev.muster.aws.s3.UploadContent;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Dataset below a prefix of a bucket. Each upload carries its digests, and is compared with what was sent. Data files are
 * encoded in the directory for temporary files, and renamed by copies that the server makes.
 */
public final class S3Store implements DatasetStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long MOST_IN_ONE_PIECE = 64L << 20;
    /** Name of a data file that a task writes: an id and the suffix of its format. */
    private static final Pattern DATA_FILE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[a-z.]+");
    /** Tries of what no task does: naming files at the end, and deleting. */
    private static final int ATTEMPTS = 5;

    private final BucketClient bucket;
    private final ConditionalPut put;
    private final MultipartPut parts;
    private final ErrorClassifier errors;
    private final String prefix;
    private final Executor blocking = ForkJoinPool.commonPool();

    /**
     * A place that is not asked yet.
     *
     * @param clients stay open
     * @param prefix without a slash at its end; empty for the whole bucket
     */
    public S3Store(AwsClients clients, String bucket, String prefix) {
        requireNonNull(clients, "clients is null");
        this.bucket = new BucketClient(clients::s3Async, clients.home(), bucket);
        this.put = new ConditionalPut(this.bucket, TIMEOUT);
        this.parts = new MultipartPut(put, blocking);
        this.errors = new ErrorClassifier(clients.settings());
        this.prefix = prefix.isEmpty() ? "" : prefix + "/";
    }

    @Override
    public CompletableFuture<Void> write(String name, byte[] content) {
        return stored(name, put.overwrite(prefix + name, UploadContent.of(content)));
    }

    @Override
    public Path scratch(String name) {
        return Path.of(System.getProperty("java.io.tmpdir"), "muster-" + name.substring(name.lastIndexOf('/') + 1));
    }

    @Override
    public CompletableFuture<Void> write(String name, Path scratch) {
        CompletableFuture<Outcome> upload;
        try {
            upload = Files.size(scratch) > MOST_IN_ONE_PIECE
                    ? parts.create(prefix + name, scratch, MOST_IN_ONE_PIECE)
                    : put.overwrite(prefix + name, UploadContent.of(scratch));
        } catch (IOException e) {
            throw DirectoryStore.failure("read", scratch, e);
        }
        return stored(name, upload)
                .whenComplete((done, error) -> scratch.toFile().delete());
    }

    private CompletableFuture<Void> stored(String name, CompletableFuture<Outcome> write) {
        String attempted = "write " + uri(name);
        return write.handle((outcome, error) -> {
            if (error != null) {
                throw failure(error, attempted);
            } else if (!(outcome instanceof Outcome.Stored)) {
                throw new TaskException(new Failure(
                        Failure.Kind.TRANSIENT, "Conflict", attempted + " failed: something else wrote it"));
            }
            return null;
        });
    }

    @Override
    public byte[] read(String name) {
        String attempted = "read " + uri(name);
        ResponseBytes<GetObjectResponse> content = once(
                attempted,
                () -> bucket.call(client -> client.getObject(
                        get -> get.bucket(bucket.bucket()).key(prefix + name), AsyncResponseTransformer.toBytes())));
        return content.asByteArrayUnsafe();
    }

    @Override
    public List<String> list(String folder) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListObjectsV2Response page = often(
                    "list " + uri(folder),
                    () -> bucket.call(client -> client.listObjectsV2(list -> list.bucket(bucket.bucket())
                            .prefix(prefix + folder)
                            .delimiter("/")
                            .continuationToken(from))));
            page.contents().stream()
                    .map(object -> object.key().substring(prefix.length() + folder.length()))
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
            token = page.nextContinuationToken();
        } while (token != null);
        return names;
    }

    @Override
    public void rename(String from, String to) {
        var unused = often(
                "copy " + uri(from),
                () -> bucket.call(client -> client.copyObject(copy -> copy.sourceBucket(bucket.bucket())
                        .sourceKey(prefix + from)
                        .destinationBucket(bucket.bucket())
                        .destinationKey(prefix + to))));
        delete(from);
    }

    @Override
    public void delete(String name) {
        var unused = often(
                "delete " + uri(name),
                () -> bucket.call(client -> client.deleteObject(
                        delete -> delete.bucket(bucket.bucket()).key(prefix + name))));
    }

    /** Parts of uploads that a killed run has left cost as much as objects, and no listing of objects shows them. */
    @Override
    public void sweep(String folder) {
        list(folder).forEach(name -> delete(folder + name));
        try {
            abortUploads(folder);
        } catch (TaskException e) {
            LOG.warn(
                    "{}; if a run was killed there, parts of its uploads may be left and cost money",
                    e.failure().message());
        }
    }

    /** Aborts incomplete uploads with names that runs give their data files; others are of somebody else. */
    private void abortUploads(String folder) {
        String key = null;
        String id = null;
        boolean more = true;
        while (more) {
            String afterKey = key;
            String afterId = id;
            ListMultipartUploadsResponse page = often(
                    "list incomplete uploads below " + uri(folder),
                    () -> bucket.call(client -> client.listMultipartUploads(list -> list.bucket(bucket.bucket())
                            .prefix(prefix + folder)
                            .keyMarker(afterKey)
                            .uploadIdMarker(afterId))));
            for (MultipartUpload upload : page.uploads()) {
                if (DATA_FILE
                        .matcher(upload.key().substring(prefix.length() + folder.length()))
                        .matches()) {
                    abort(upload);
                }
            }
            key = page.nextKeyMarker();
            id = page.nextUploadIdMarker();
            more = Boolean.TRUE.equals(page.isTruncated())
                    && !(Objects.equals(key, afterKey) && Objects.equals(id, afterId));
        }
    }

    private void abort(MultipartUpload upload) {
        var unused = often(
                "abort the upload of " + bucket.uri(upload.key()),
                () -> bucket.call(client -> client.abortMultipartUpload(
                        abort -> abort.bucket(bucket.bucket()).key(upload.key()).uploadId(upload.uploadId()))));
    }

    @Override
    public String bucket() {
        return bucket.bucket();
    }

    @Override
    public String keyPrefix() {
        return prefix;
    }

    @Override
    public String uri(String name) {
        return bucket.uri(prefix + name);
    }

    @Override
    public String location() {
        return prefix.isEmpty() ? "s3://" + bucket.bucket() : bucket.uri(prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public void close() {}

    private <A> A often(String attempted, Supplier<CompletableFuture<A>> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(attempted, request);
            } catch (TaskException e) {
                if (e.failure().kind() == Failure.Kind.UNFIT || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private <A> A once(String attempted, Supplier<CompletableFuture<A>> request) {
        try {
            return request.get().join();
        } catch (CompletionException e) {
            throw failure(e, attempted);
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(250L << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** A refusal is a matter of the place, and not of one file of it. */
    private TaskException failure(Throwable error, String attempted) {
        Failure failure = errors.classify(error, attempted);
        boolean mayPass = failure.kind() == Failure.Kind.TRANSIENT || failure.kind() == Failure.Kind.THROTTLED;
        return new TaskException(
                mayPass ? failure : new Failure(Failure.Kind.UNFIT, failure.code(), failure.message()), error);
    }
}
