package dev.muster.inventory.source;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.s3.BucketClient;
import dev.muster.engine.Failure;
import dev.muster.engine.limit.Backoff;
import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Inventory in a bucket. A data file is copied to this machine in pieces, as requests have a time limit; errors that
 * may pass are retried a few times.
 */
public final class BucketFiles implements InventoryFiles {
    private static final int ATTEMPTS = 5;
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final int PIECE_BYTES = 8 * 1024 * 1024;
    private static final String WHOLE = "\\d+-\\d+/";

    private final AwsClients clients;
    private final ErrorClassifier errors;
    private final BucketClient bucket;
    private final String key;

    /** @param key the key of the manifest, or the prefix with a {@code manifest.json} */
    public BucketFiles(AwsClients clients, String bucket, String key) {
        this.clients = clients;
        this.errors = new ErrorClassifier(clients.settings());
        this.bucket = new BucketClient(clients::s3Async, clients.home(), bucket);
        boolean named = key.endsWith(".json");
        this.key = named ? key : key + (key.isEmpty() || key.endsWith("/") ? "" : "/") + InventoryManifest.FILE;
    }

    @Override
    public String place() {
        return bucket.uri(key);
    }

    @Override
    public byte[] manifest() throws IOException {
        return content(key)
                .orElseThrow(() -> new InventoryException("there is no inventory at " + place()
                        + ": give the manifest.json of one, or the prefix that holds it"));
    }

    @Override
    public Optional<byte[]> checksum() throws IOException {
        return content(folder() + InventoryManifest.CHECKSUM_FILE);
    }

    private Optional<byte[]> content(String name) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        return copy(bucket, name, target) ? Optional.of(target.toByteArray()) : Optional.empty();
    }

    @Override
    public LocalCopy fetch(InventoryManifest manifest, InventoryManifest.DataFile file) throws IOException {
        String destination = manifest.destinationBucket();
        BucketClient holder = destination.isEmpty() || destination.equals(bucket.bucket())
                ? bucket
                : new BucketClient(clients::s3Async, clients.home(), destination);
        String name = destination.isEmpty() ? folder() + file.key() : file.key();
        Path local = Files.createTempFile("muster-inventory-", ".part");
        boolean copied = false;
        try (OutputStream out = Files.newOutputStream(local)) {
            copied = copy(holder, name, out);
        } finally {
            if (!copied) {
                Files.deleteIfExists(local);
            }
        }
        if (!copied) {
            throw new InventoryException("the inventory " + place() + " lacks its file " + holder.uri(name));
        }
        return new LocalCopy(local, holder.uri(name), true);
    }

    private String folder() {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** Copies an object; returns false if there is none. */
    private boolean copy(BucketClient from, String name, OutputStream out) throws IOException {
        long position = 0;
        long size = 1;
        String tag = null;
        while (position < size) {
            Optional<ResponseBytes<GetObjectResponse>> piece = piece(from, name, position, tag);
            if (piece.isEmpty()) {
                return false;
            }
            byte[] bytes = piece.get().asByteArrayUnsafe();
            String range = piece.get().response().contentRange();
            tag = piece.get().response().eTag();
            size = range == null ? bytes.length : size(range, from.uri(name));
            if (bytes.length == 0 && position < size) {
                throw new InventoryException(
                        "cannot read " + from.uri(name) + ": it ends at " + position + " of " + size + " bytes");
            }
            out.write(bytes);
            position += bytes.length;
        }
        return true;
    }

    private static long size(String range, String place) throws IOException {
        try {
            return Long.parseLong(range.replaceFirst("^bytes " + WHOLE, ""));
        } catch (NumberFormatException e) {
            throw new InventoryException("cannot read " + place + ": the server answers with the range " + range, e);
        }
    }

    /** A piece of an object, of the same version as the previous pieces; empty if there is no such object. */
    private Optional<ResponseBytes<GetObjectResponse>> piece(BucketClient from, String name, long position, String tag)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(from.call(client -> client.getObject(
                                get -> get.bucket(from.bucket())
                                        .key(name)
                                        .ifMatch(tag)
                                        .range("bytes=" + position + "-" + (position + PIECE_BYTES - 1)),
                                AsyncResponseTransformer.<GetObjectResponse>toBytes()))
                        .join());
            } catch (CompletionException e) {
                if (Failure.cause(e) instanceof NoSuchKeyException) {
                    return Optional.empty();
                }
                Failure failure = errors.classify(e, "read " + from.uri(name));
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
