package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.BucketRegions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Sends requests about one bucket to the region that it is in: an answer that names another region is followed and
 * remembered. Thread-safe.
 */
public final class BucketClient {
    private final Function<Region, S3AsyncClient> clients;
    private final String bucket;
    private volatile Region region;

    /**
     * A client for a bucket.
     *
     * @param clients returns the client of a region, which must not retry
     * @param region the region in which the bucket is looked for first
     */
    public BucketClient(Function<Region, S3AsyncClient> clients, Region region, String bucket) {
        this.clients = requireNonNull(clients, "clients is null");
        this.region = requireNonNull(region, "region is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
    }

    public String bucket() {
        return bucket;
    }

    /** Location of a key for messages: {@code s3://bucket/key}. */
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** Tells whether requests go to an endpoint that the user has named, behind which any server may be. */
    boolean elsewhere() {
        return clients.apply(region)
                .serviceClientConfiguration()
                .endpointOverride()
                .isPresent();
    }

    /**
     * Sends a request.
     *
     * @param request starts it; called a second time if the bucket is in another region
     */
    public <T> CompletableFuture<T> call(Function<S3AsyncClient, CompletableFuture<T>> request) {
        Region here = region;
        return request.apply(clients.apply(here)).exceptionallyCompose(error -> {
            Optional<Region> there = BucketRegions.named(error).filter(named -> !named.equals(here));
            if (there.isEmpty()) {
                return CompletableFuture.failedFuture(error);
            }
            region = there.get();
            return request.apply(clients.apply(there.get()));
        });
    }
}
