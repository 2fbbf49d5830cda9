package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.audit.AuditTask.PageToken;
import dev.muster.audit.split.Probe;
import dev.muster.audit.stats.PageTally;
import dev.muster.aws.AwsClients;
import dev.muster.aws.ListingAnswer;
import dev.muster.aws.ListingAnswer.ResponseValidator;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListDirectoryBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists directory buckets, by the SDK's client, as it opens and renews the sessions that they require (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html">CreateSession</a>).
 */
final class DirectoryLister {
    private final AwsClients clients;
    private final AccountCredentials identities;
    private final String prefix;
    private final ObjectFilter filter;
    private final TopListSettings terms;

    DirectoryLister(AwsClients clients, AccountCredentials identities, AuditScope scope, TopListSettings terms) {
        this.clients = clients;
        this.identities = identities;
        this.prefix = scope.prefix();
        this.filter = scope.filter();
        this.terms = terms;
    }

    CompletableFuture<AuditResult> buckets(AuditTask.ListDirectoryBuckets task) {
        String region = clients.home().id();
        return clients.call(() -> {
            ListingAnswer answer = new ListingAnswer("ListAllMyDirectoryBucketsResult");
            ListDirectoryBucketsResponse page = clients.s3(clients.home())
                    .listDirectoryBuckets(request -> request.continuationToken(
                                    task.token().map(PageToken::text).orElse(null))
                            .overrideConfiguration(override -> {
                                override.credentialsProvider(identities.of(task.account()));
                                answer.of(override);
                            }));
            answer.requireRoot();
            List<AuditResult.NamedBucket> named =
                    ResponseValidator.list(page.hasBuckets(), page.buckets(), "Buckets").stream()
                            .map(bucket -> new AuditResult.NamedBucket(
                                    bucket.name() == null ? "" : bucket.name(),
                                    Optional.of(region),
                                    Optional.ofNullable(bucket.creationDate()).map(date -> date.toEpochMilli()),
                                    Optional.empty()))
                            .toList();
            return new AuditResult.Buckets(named, AccountLister.next(page.continuationToken()));
        });
    }

    CompletableFuture<AuditResult> objects(AuditTask.ListDirectory task, EntryCollector entries) {
        BucketLocation target = task.target();
        ListingAnswer answer = new ListingAnswer("ListBucketResult");
        return clients.call(() -> {
            ListObjectsV2Response page = clients.s3(Region.of(target.region()))
                    .listObjectsV2(request -> request.bucket(target.bucket())
                            .prefix(task.prefix().isEmpty() ? null : task.prefix())
                            .delimiter(task.deep() ? null : String.valueOf(Probe.DELIMITER))
                            .continuationToken(task.token().map(PageToken::text).orElse(null))
                            .encodingType(EncodingType.URL)
                            .overrideConfiguration(override -> {
                                override.credentialsProvider(identities.of(target.account()));
                                answer.of(override);
                            }));
            answer.requireRoot();
            return finding(task, page, entries.page());
        });
    }

    /** Counts the objects with the audited prefix, which need not end at a directory. */
    private AuditResult finding(AuditTask.ListDirectory task, ListObjectsV2Response page, EntryCollector.Page entries) {
        long asOf = task.target().asOfMillis();
        PageTally tally = new PageTally(terms.tally(asOf));
        Optional<EntryFilter> wanted = filter.at(asOf);
        Set<String> directories = new HashSet<>();
        long objects = 0;
        for (S3Object object : page.contents()) {
            String key = object.key() == null ? "" : object.key();
            if (key.startsWith(prefix) || key.isEmpty()) {
                objects++;
                if (count(object, key, tally, wanted)) {
                    entries.add(ListingEntry.of(object));
                }
                int slash = key.indexOf(Probe.DELIMITER, task.prefix().length());
                if (slash >= 0) {
                    directories.add(key.substring(0, slash));
                }
            }
        }
        List<String> prefixes = page.commonPrefixes().stream()
                .map(CommonPrefix::prefix)
                .filter(name -> name != null && !name.isEmpty() && name.startsWith(prefix))
                .toList();
        entries.counted();
        return new AuditResult.Directory(tally.tally(), objects, directories.size(), prefixes, next(task, page));
    }

    /** Counts an object; tells whether it is wanted. */
    private static boolean count(S3Object object, String key, PageTally tally, Optional<EntryFilter> wanted) {
        byte[] bytes = key.getBytes(UTF_8);
        long size = object.size() == null || object.size() < 0 ? ListingEntry.UNKNOWN_SIZE : object.size();
        long date = object.lastModified() == null
                ? ListingEntry.UNKNOWN_DATE
                : object.lastModified().toEpochMilli();
        List<String> missing = new ArrayList<>();
        if (key.isEmpty()) {
            missing.add("it has no Key");
        }
        if (size == ListingEntry.UNKNOWN_SIZE) {
            missing.add("it has no Size");
        }
        boolean inexact = !missing.isEmpty();
        if (date == ListingEntry.UNKNOWN_DATE) {
            missing.add("it has no LastModified");
        }
        EntryFilter.Verdict verdict = wanted.map(
                        filter -> filter.of(bytes, bytes.length, size, date, object.storageClassAsString()))
                .orElse(EntryFilter.Verdict.COUNTS);
        if (verdict == EntryFilter.Verdict.COUNTS) {
            tally.object(bytes, 0, bytes.length, size, date, object.storageClassAsString());
            if (!missing.isEmpty()) {
                tally.odd(ObjectKey.of(key), String.join(", ", missing), inexact);
            }
        } else if (verdict == EntryFilter.Verdict.UNKNOWN) {
            tally.odd(ObjectKey.of(key), String.join(", ", missing) + EntryFilter.UNDECIDED, true);
        }
        return verdict == EntryFilter.Verdict.COUNTS;
    }

    private static Optional<PageToken> next(AuditTask.ListDirectory task, ListObjectsV2Response page) {
        Optional<PageToken> named = AccountLister.next(page.nextContinuationToken());
        if (Boolean.FALSE.equals(page.isTruncated())
                || (named.isEmpty() && !ResponseValidator.truncated(page.isTruncated()))) {
            return Optional.empty();
        }
        boolean anythingNew =
                !page.contents().isEmpty() || !page.commonPrefixes().isEmpty();
        return Optional.of(named.flatMap(token -> token.following(task.token(), anythingNew))
                .orElseThrow(() -> EndlessListing.listing("keys")));
    }
}
