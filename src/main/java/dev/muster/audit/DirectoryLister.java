package dev.muster.audit;

import dev.muster.audit.AuditTask.PageToken;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Probe;
import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ListingPage;
import dev.muster.aws.s3.ListingRequest;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.aws.s3.SdkListing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * Lists directory buckets, by the SDK's client, as it opens and renews the sessions that they require (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html">CreateSession</a>).
 */
final class DirectoryLister {
    private final AwsClients clients;
    private final AccountCredentials identities;
    private final AuditScope scope;
    private final TopListSettings terms;

    DirectoryLister(AwsClients clients, AccountCredentials identities, AuditScope scope, TopListSettings terms) {
        this.clients = clients;
        this.identities = identities;
        this.scope = scope;
        this.terms = terms;
    }

    CompletableFuture<AuditResult> buckets(AuditTask.ListDirectoryBuckets task) {
        Optional<String> region = Optional.of(clients.home().id());
        List<AuditResult.NamedBucket> named = new ArrayList<>();
        SdkListing listing = SdkListing.ofBuckets(bucket -> named.add(new AuditResult.NamedBucket(
                bucket.key().toString(),
                region,
                Optional.of(bucket.dateMillis()).filter(date -> date != ListingEntry.UNKNOWN_DATE),
                Optional.empty(),
                bucket.problem())));
        return clients.call(() -> {
            clients.s3(clients.home()).listDirectoryBuckets(request -> request.continuationToken(
                            task.token().map(PageToken::text).orElse(null))
                    .overrideConfiguration(override -> {
                        override.credentialsProvider(identities.of(task.account()));
                        listing.of(override);
                    }));
            return new AuditResult.Buckets(
                    named, AccountLister.next(listing.read().nextToken().orElse("")));
        });
    }

    CompletableFuture<AuditResult> objects(AuditTask.ListDirectory task, EntryCollector entries) {
        return clients.call(() -> {
            AuditResult.Directory found = objects(task, entries, ListingRequest.MOST);
            boolean full = found.objects() + found.prefixes().size() >= ListingRequest.MOST;
            return full && found.next().isEmpty() ? certain(task, entries) : found;
        });
    }

    /**
     * Result of a full page that claims to be the last one. Asked for one entry less, a server that knows of more, if only of
     * this one, has to name a token.
     */
    private AuditResult certain(AuditTask.ListDirectory task, EntryCollector entries) {
        AuditResult.Directory fewer = objects(task, entries, ListingRequest.MOST - 1);
        boolean limited = fewer.objects() + fewer.prefixes().size() < ListingRequest.MOST;
        if (fewer.next().isEmpty() && limited) {
            throw EndlessListing.listing("keys");
        }
        return fewer;
    }

    private AuditResult.Directory objects(AuditTask.ListDirectory task, EntryCollector entries, int most) {
        BucketLocation target = task.target();
        RangeTally tally = new RangeTally(terms.tally(target.asOfMillis()), scope, KeyRange.ALL, entries.page());
        Set<String> directories = new HashSet<>();
        SdkListing listing = SdkListing.ofObjects(entry -> count(task, entry, tally, directories));
        clients.s3(Region.of(target.region())).listObjectsV2(request -> request.bucket(target.bucket())
                .maxKeys(most)
                .prefix(task.prefix().isEmpty() ? null : task.prefix())
                .delimiter(task.deep() ? null : String.valueOf(Probe.DELIMITER))
                .continuationToken(task.token().map(PageToken::text).orElse(null))
                .encodingType(EncodingType.URL)
                .overrideConfiguration(override -> {
                    override.credentialsProvider(identities.of(target.account()));
                    listing.of(override);
                }));
        ListingPage page = listing.read();
        List<String> prefixes = page.commonPrefixes().stream()
                .filter(ObjectKey::isText)
                .map(ObjectKey::text)
                .filter(name -> name.startsWith(scope.prefix()))
                .toList();
        return new AuditResult.Directory(
                tally.tally(), tally.counted(), directories.size(), prefixes, next(task, page, tally));
    }

    /** Counts what has the audited prefix, which need not end where a directory does. */
    private void count(AuditTask.ListDirectory task, ListingEntry entry, RangeTally tally, Set<String> directories) {
        String key = entry.key().toString();
        if (!key.startsWith(scope.prefix()) && !key.isEmpty()) {
            return;
        }
        tally.add(entry);
        int slash = key.indexOf(Probe.DELIMITER, task.prefix().length());
        if (slash >= 0) {
            directories.add(key.substring(0, slash));
        }
    }

    private static Optional<PageToken> next(AuditTask.ListDirectory task, ListingPage page, RangeTally tally) {
        if (!page.truncated()) {
            return Optional.empty();
        }
        boolean anythingNew = tally.counted() > 0 || !page.commonPrefixes().isEmpty();
        return Optional.of(AccountLister.next(page.nextToken().orElse(""))
                .flatMap(token -> token.following(task.token(), anythingNew))
                .orElseThrow(() -> EndlessListing.listing("keys")));
    }
}
