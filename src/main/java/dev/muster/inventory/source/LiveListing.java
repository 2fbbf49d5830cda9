package dev.muster.inventory.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.aws.AwsClients;
import dev.muster.aws.BucketRegions;
import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ListingPage;
import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.aws.s3.ListingRequest;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.aws.s3.ObjectLister;
import dev.muster.engine.Failure;
import dev.muster.engine.limit.Backoff;
import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.RowReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.regions.Region;

/**
 * Current objects of a bucket, listed one page after the other in key order. That takes a request per thousand objects with
 * nothing at the same time: an inventory of a large bucket is made faster by {@code muster inventory}.
 */
public final class LiveListing implements RowReader {
    private static final int ATTEMPTS = 5;
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    private final AwsClients clients;
    private final ErrorClassifier errors;
    private final ObjectLister lister;
    private final String bucket;
    private final String prefix;
    private final Deque<InventoryRow> page = new ArrayDeque<>();
    private Region region;
    private Optional<ObjectKey> last = Optional.empty();
    private boolean ended;

    public LiveListing(AwsClients clients, String bucket, String prefix) {
        this.clients = clients;
        this.errors = new ErrorClassifier(clients.settings());
        this.lister = new ObjectLister(clients, ListingDetail.ALL);
        this.bucket = bucket;
        this.prefix = prefix;
        this.region = clients.home();
    }

    /** The listed place, for people. */
    public String place() {
        return "s3://" + bucket + "/" + prefix;
    }

    @Override
    public InventoryRow next() throws IOException {
        while (page.isEmpty()) {
            if (ended) {
                return null;
            }
            nextPage();
        }
        return page.poll();
    }

    private void nextPage() throws IOException {
        ListingPage facts = list();
        boolean blank = page.isEmpty();
        ended = !facts.truncated() && (blank || !facts.doubtful());
        if (!ended) {
            Optional<ObjectKey> next = facts.lastKey();
            if (next.isEmpty() || (last.isPresent() && next.get().compareTo(last.get()) <= 0)) {
                throw new InventoryException(
                        "cannot list " + place() + ": the server says that there is more, but not where");
            }
            last = next;
        }
    }

    private ListingPage list() throws IOException {
        for (int attempt = 1; ; attempt++) {
            page.clear();
            try {
                return lister.objects(
                                ListingRequest.of(bucket, region, clients.base())
                                        .withPrefix(prefix)
                                        .withStartAfter(last),
                                entry -> page.add(row(entry)))
                        .join();
            } catch (CompletionException e) {
                Optional<Region> elsewhere = BucketRegions.named(e).filter(named -> !named.equals(region));
                if (elsewhere.isPresent() && attempt < ATTEMPTS) {
                    region = elsewhere.get();
                    continue;
                }
                Failure failure = errors.classify(e, "list " + place());
                boolean mayPass = failure.kind() == Failure.Kind.TRANSIENT || failure.kind() == Failure.Kind.THROTTLED;
                if (!mayPass || attempt == ATTEMPTS) {
                    throw new IOException(failure.message(), e);
                }
                pause(attempt);
            }
        }
    }

    private InventoryRow row(ListingEntry entry) {
        String eTag = entry.etagLength() == 0
                ? null
                : new String(entry.etagBytes(), 0, entry.etagLength(), ISO_8859_1).replace("\"", "");
        return new InventoryRow(
                bucket,
                entry.key(),
                null,
                null,
                null,
                entry.size() == ListingEntry.UNKNOWN_SIZE ? null : (Long) entry.size(),
                entry.dateMillis() == ListingEntry.UNKNOWN_DATE ? null : (Long) entry.dateMillis(),
                eTag,
                entry.storageClass(),
                InventoryRow.multipart(eTag),
                null,
                null,
                null,
                null);
    }

    private static void pause(int attempt) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSES.delayNanos(attempt, ThreadLocalRandom.current()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {}
}
