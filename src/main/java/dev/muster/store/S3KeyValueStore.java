package dev.muster.store;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.s3.BucketClient;
import dev.muster.aws.s3.ConditionalPut;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.aws.s3.UploadContent;
import dev.muster.engine.Failure;
import dev.muster.engine.limit.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Objects below a prefix of a bucket, written by {@link ConditionalPut}. Errors that may pass are retried a few times.
 * A write that succeeded although its answer was lost then ends as a {@link KeyValueStore.ConflictException}.
 */
public final class S3KeyValueStore implements KeyValueStore {
    private static final int ATTEMPTS = 5;
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(2);

    private final AwsClients clients;
    private final ErrorClassifier errors;
    private final BucketClient bucket;
    private final ConditionalPut put;
    private final String prefix;

    /**
     * A store that has not sent any request yet.
     *
     * @param clients closed with the store; they must not retry
     * @param prefix of its own, without a slash at its end
     */
    public S3KeyValueStore(AwsClients clients, String bucket, String prefix) {
        this.clients = requireNonNull(clients, "clients is null");
        this.errors = new ErrorClassifier(clients.settings());
        this.bucket = new BucketClient(clients::s3Async, clients.home(), bucket);
        this.put = new ConditionalPut(this.bucket, WRITE_TIMEOUT);
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("the prefix is empty: listing would read the whole bucket");
        }
        this.prefix = prefix + "/";
    }

    /**
     * Makes sure that the server keeps the conditions of writes, without which two coordinators would overwrite each
     * other.
     *
     * @throws IOException if it does not, or cannot be asked; the message says what to do
     */
    public void probe() throws IOException {
        call("keep runs in " + location(), () -> put.probe(new ProbeKey(prefix + "conditional-writes", "")));
    }

    @Override
    public Optional<Stored> read(String name) throws IOException {
        return get(name, null)
                .map(object ->
                        new Stored(object.asByteArrayUnsafe(), object.response().eTag()));
    }

    @Override
    public Optional<byte[]> readHead(String name, int most) throws IOException {
        return get(name, "bytes=0-" + (most - 1)).map(ResponseBytes::asByteArrayUnsafe);
    }

    private Optional<ResponseBytes<GetObjectResponse>> get(String name, String range) throws IOException {
        return call("read " + uri(name), () -> bucket.call(client -> client.getObject(
                        get -> get.bucket(bucket.bucket()).key(prefix + name).range(range),
                        AsyncResponseTransformer.<GetObjectResponse>toBytes()))
                .thenApply(Optional::of)
                .exceptionallyCompose(error -> Failure.cause(error) instanceof NoSuchKeyException
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(error)));
    }

    @Override
    public String write(String name, byte[] content, Optional<String> expected) throws IOException {
        UploadContent upload = UploadContent.of(content);
        ConditionalPut.Outcome outcome =
                call("write " + uri(name), () -> expected.map(tag -> put.replace(prefix + name, upload, tag))
                        .orElseGet(() -> put.create(prefix + name, upload)));
        if (outcome instanceof ConditionalPut.Outcome.Stored stored) {
            return stored.etag();
        }
        throw new ConflictException(uri(name) + " was written by another coordinator");
    }

    @Override
    public List<String> list() throws IOException {
        return listed("");
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return listed(folder + "/");
    }

    private List<String> listed(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        String token = null;
        do {
            ListObjectsV2Response page = page(folder, token);
            page.contents().forEach(object -> names.add(object.key().substring(prefix.length())));
            String next = page.nextContinuationToken();
            if (next != null && !tokens.add(next)) {
                throw new IOException(
                        "cannot list " + location() + ": the server begins again with a page it has sent");
            }
            token = next;
        } while (token != null);
        return names;
    }

    private ListObjectsV2Response page(String folder, String token) throws IOException {
        return call(
                "list " + location(),
                () -> bucket.call(client -> client.listObjectsV2(list -> list.bucket(bucket.bucket())
                        .prefix(prefix + folder)
                        .delimiter("/")
                        .continuationToken(token))));
    }

    @Override
    public void delete(String name) throws IOException {
        call(
                "delete " + uri(name),
                () -> bucket.call(client -> client.deleteObject(
                        delete -> delete.bucket(bucket.bucket()).key(prefix + name))));
    }

    @Override
    public String location() {
        return bucket.uri(prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public void close() {
        clients.close();
    }

    private String uri(String name) {
        return bucket.uri(prefix + name);
    }

    private <A> A call(String attempted, Supplier<CompletableFuture<A>> request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get().join();
            } catch (CompletionException e) {
                Failure failure = errors.classify(e, attempted);
                boolean mayPass = failure.kind() == Failure.Kind.TRANSIENT || failure.kind() == Failure.Kind.THROTTLED;
                if (!mayPass || attempt == ATTEMPTS) {
                    throw new IOException(failure.message(), e);
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSES.delayNanos(attempt, ThreadLocalRandom.current()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
