package dev.muster.audit;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.PageTally;
import dev.muster.aws.AwsClients;
import dev.muster.aws.ResponseValidator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/** Lists incomplete multipart uploads and sums their parts. They are few, so the SDK reads them. */
final class UploadLister {
    private static final TopListSettings NO_LISTS = new TopListSettings(Set.of(), 0);

    private final AwsClients clients;
    private final AccountCredentials identities;
    private final String prefix;

    UploadLister(AwsClients clients, AccountCredentials identities, String prefix) {
        this.clients = clients;
        this.identities = identities;
        this.prefix = prefix;
    }

    CompletableFuture<AuditResult> uploads(AuditTask.ListUploads task) {
        BucketLocation target = task.target();
        UploadListing asked = new UploadListing(prefix, task);
        return clients.call(() -> asked.read(
                s3(target).listMultipartUploads(request -> request.bucket(target.bucket())
                        .prefix(asked.prefix().orElse(null))
                        .keyMarker(asked.keyMarker().orElse(null))
                        .uploadIdMarker(asked.uploadIdMarker().orElse(null))
                        .encodingType(EncodingType.URL)
                        .requestPayer(payer())
                        .overrideConfiguration(
                                override -> override.credentialsProvider(identities.of(target.account())))),
                new PageTally(NO_LISTS.tally(target.asOfMillis()))));
    }

    /** Asks on both sides of a cut for the key that follows, behind the cut twice. */
    CompletableFuture<AuditResult> check(AuditTask.CheckCut task) {
        return task.answer(
                after -> uploads(new AuditTask.ListUploads(task.target(), new KeyRange(after, ""), Optional.empty())));
    }

    CompletableFuture<AuditResult> parts(AuditTask.SumParts task) {
        BucketLocation target = task.target();
        return clients.call(() -> {
            PageTally tally = new PageTally(NO_LISTS.tally(target.asOfMillis()));
            try {
                ListPartsResponse page = s3(target).listParts(request -> request.bucket(target.bucket())
                        .key(task.key())
                        .uploadId(task.uploadId())
                        .partNumberMarker(task.partMarker() == 0 ? null : task.partMarker())
                        .requestPayer(payer())
                        .overrideConfiguration(
                                override -> override.credentialsProvider(identities.of(target.account()))));
                page.parts().stream().mapToLong(Part::size).forEach(tally::uploadedParts);
                boolean more = ResponseValidator.truncated(page.isTruncated());
                if (more && !goesOn(task, page)) {
                    throw EndlessListing.listing("parts");
                }
                return new AuditResult.Parts(
                        tally.tally(), Optional.ofNullable(more ? page.nextPartNumberMarker() : null));
            } catch (NoSuchUploadException e) {
                return new AuditResult.Parts(tally.tally(), Optional.empty()); // completed or aborted meanwhile
            }
        });
    }

    private static boolean goesOn(AuditTask.SumParts task, ListPartsResponse page) {
        return page.nextPartNumberMarker() != null && page.nextPartNumberMarker() > task.partMarker();
    }

    private S3Client s3(BucketLocation target) {
        return clients.s3(Region.of(target.region()));
    }

    private RequestPayer payer() {
        return clients.settings().requestPayer() ? RequestPayer.REQUESTER : null;
    }
}
