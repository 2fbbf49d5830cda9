package dev.muster.audit;

import dev.muster.audit.AuditTask.Marker;
import dev.muster.audit.UploadListing.Upload;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.PageTally;
import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ListingPage;
import dev.muster.aws.s3.ListingRequest.BucketRequest;
import dev.muster.aws.s3.MalformedPageException;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.aws.s3.ObjectLister;
import dev.muster.aws.s3.SdkListing;
import dev.muster.engine.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** Lists incomplete multipart uploads and sums their parts. */
final class UploadLister {
    private final AwsClients clients;
    private final ObjectLister lister;
    private final AccountCredentials identities;
    private final AuditScope scope;
    private final TopListSettings terms;

    UploadLister(AwsClients clients, AccountCredentials identities, AuditScope scope, TopListSettings lists) {
        this.clients = clients;
        this.lister = new ObjectLister(clients);
        this.identities = identities;
        this.scope = scope;
        this.terms = new TopListSettings(Set.of(), 0, lists.breakdown(), lists.billing());
    }

    CompletableFuture<AuditResult> uploads(AuditTask.ListUploads task) {
        UploadListing asked = new UploadListing(scope, task);
        return task.target().directory() ? ofDirectoryBucket(task.target(), asked) : ofBucket(task.target(), asked);
    }

    private CompletableFuture<AuditResult> ofBucket(BucketLocation target, UploadListing asked) {
        List<Upload> uploads = new ArrayList<>();
        return after(
                lister.uploads(
                        bucket(target),
                        asked.prefix().orElse(""),
                        asked.keyMarker(),
                        asked.uploadIdMarker(),
                        entry -> uploads.add(Upload.of(entry))),
                page -> asked.read(uploads, next(page), page.doubtful(), limit(page), tally(target)));
    }

    private static Optional<Marker> next(ListingPage page) {
        if (!page.mayGoOn()) {
            return Optional.empty();
        }
        ObjectKey last = page.lastKey().orElseThrow(() -> EndlessListing.listing(UploadListing.THINGS));
        if (!last.isText()) {
            throw new MalformedPageException("it ends at the key \"" + last
                    + "\", which is no UTF-8, so that the listing cannot continue behind it");
        }
        return Optional.of(new Marker(last.text(), page.lastId().orElse("")));
    }

    /** MinIO lists only the uploads of the key that equals the prefix, and does not mention any others. */
    private static Optional<String> limit(ListingPage page) {
        return page.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Server"))
                .flatMap(header -> header.getValue().stream())
                .filter(server -> server.toLowerCase(Locale.ROOT).contains("minio"))
                .findFirst()
                .map(server -> "the server (" + server
                        + ") lists incomplete uploads by their whole key only, so that there may be others");
    }

    /** Directory buckets require sessions, which the SDK opens. */
    private CompletableFuture<AuditResult> ofDirectoryBucket(BucketLocation target, UploadListing asked) {
        List<Upload> uploads = new ArrayList<>();
        SdkListing listing = SdkListing.ofUploads(entry -> uploads.add(Upload.of(entry)));
        return clients.call(() -> {
            clients.s3(Region.of(target.region())).listMultipartUploads(request -> request.bucket(target.bucket())
                    .prefix(asked.prefix().orElse(null))
                    .keyMarker(asked.keyMarker().orElse(null))
                    .uploadIdMarker(asked.uploadIdMarker().orElse(null))
                    .encodingType(EncodingType.URL)
                    .overrideConfiguration(override -> {
                        override.credentialsProvider(identities.of(target.account()));
                        listing.of(override);
                    }));
            ListingPage page = listing.read();
            return asked.read(uploads, next(page), page.doubtful(), Optional.empty(), tally(target));
        });
    }

    /** Asks for the next key on both sides of a cut, after the cut twice. */
    CompletableFuture<AuditResult> check(AuditTask.CheckCut task) {
        return task.answer(
                after -> uploads(new AuditTask.ListUploads(task.target(), new KeyRange(after, ""), Optional.empty())));
    }

    CompletableFuture<AuditResult> parts(AuditTask.SumParts task) {
        return task.target().directory() ? partsInDirectoryBucket(task) : partsInBucket(task);
    }

    private CompletableFuture<AuditResult> partsInBucket(AuditTask.SumParts task) {
        PartSum parts = new PartSum(task, tally(task.target()));
        return after(
                        lister.parts(bucket(task.target()), task.key(), task.uploadId(), task.partMarker(), parts::add),
                        page -> new AuditResult.Parts(parts.tally.tally(), parts.next(page.mayGoOn())))
                .exceptionally(error -> ended(task, error));
    }

    private CompletableFuture<AuditResult> partsInDirectoryBucket(AuditTask.SumParts task) {
        PartSum parts = new PartSum(task, tally(task.target()));
        SdkListing listing = SdkListing.ofParts(parts::add);
        CompletableFuture<AuditResult> result = clients.call(() -> {
            clients.s3(Region.of(task.target().region())).listParts(request -> request.bucket(
                            task.target().bucket())
                    .key(task.key())
                    .uploadId(task.uploadId())
                    .partNumberMarker(task.partMarker() == 0 ? null : task.partMarker())
                    .overrideConfiguration(override -> {
                        override.credentialsProvider(identities.of(task.target().account()));
                        listing.of(override);
                    }));
            ListingPage page = listing.read();
            return new AuditResult.Parts(parts.tally.tally(), parts.next(page.mayGoOn()));
        });
        return result.exceptionally(error -> ended(task, error));
    }

    /** An upload that no longer exists was completed or aborted meanwhile. */
    private AuditResult ended(AuditTask.SumParts task, Throwable error) {
        if (Failure.cause(error) instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && "NoSuchUpload".equals(service.awsErrorDetails().errorCode())) {
            return new AuditResult.Parts(tally(task.target()).tally(), Optional.empty());
        }
        throw error instanceof CompletionException known ? known : new CompletionException(error);
    }

    /** The parts of a page. */
    private static final class PartSum {
        private final AuditTask.SumParts task;
        private final PageTally tally;
        private int last;

        private PartSum(AuditTask.SumParts task, PageTally tally) {
            this.task = task;
            this.tally = tally;
            this.last = task.partMarker();
        }

        private void add(ListingEntry part) {
            int number = part.id().matches("\\d{1,6}") ? Integer.parseInt(part.id()) : 0;
            add(number, part.size(), part.problem());
        }

        private void add(int number, long size, String problem) {
            tally.uploadedParts(ObjectKey.of(task.key()), size, task.initiatedMillis());
            if (!problem.isEmpty()) {
                tally.odd(ObjectKey.of(task.key()), "part " + number + " of its upload: " + problem, true);
            }
            last = Math.max(last, number);
        }

        /** The number of the last part, after which the next page begins. */
        private Optional<Integer> next(boolean truncated) {
            if (truncated && last <= task.partMarker()) {
                throw EndlessListing.listing("parts");
            }
            return truncated ? Optional.of(last) : Optional.empty();
        }
    }

    /** Result of a page when it has arrived. Cancelling it ends the request, which frees its connection. */
    private static CompletableFuture<AuditResult> after(
            CompletableFuture<ListingPage> request, Function<ListingPage, AuditResult> meaning) {
        CompletableFuture<AuditResult> result = request.thenApply(meaning);
        var unused = result.whenComplete((found, error) -> request.cancel(true));
        return result;
    }

    private BucketRequest bucket(BucketLocation target) {
        return new BucketRequest(target.bucket(), Region.of(target.region()), identities.of(target.account()));
    }

    private PageTally tally(BucketLocation target) {
        return new PageTally(terms.tally(target.asOfMillis()));
    }
}
