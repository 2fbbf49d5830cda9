package dev.muster.audit;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.BucketRegions;
import dev.muster.aws.ResponseValidator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountStatus;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** Asks for accounts, buckets and regions. */
final class AccountLister {
    /** The most that <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a> takes; only a paged answer names regions. */
    private static final int BUCKETS_PER_PAGE = 1000;

    private final AwsClients clients;
    private final AccountCredentials identities;
    private final BucketRegions regions;
    private final BucketFilter wanted;
    private final ProfileStore learning;

    AccountLister(AwsClients clients, AccountCredentials identities, BucketFilter wanted, ProfileStore learning) {
        this.clients = clients;
        this.identities = identities;
        this.wanted = wanted;
        this.learning = learning;
        this.regions = new BucketRegions(clients);
    }

    CompletableFuture<AuditResult> accounts(AuditTask.ListAccounts task) {
        return clients.call(() -> {
            ListAccountsResponse page = clients.organizations(clients.home())
                    .listAccounts(request -> request.nextToken(task.token().orElse(null)));
            List<String> active = ResponseValidator.list(page.hasAccounts(), page.accounts(), "Accounts").stream()
                    .filter(AccountLister::active)
                    .map(Account::id)
                    .toList();
            return new AuditResult.Accounts(active, next(task.token(), page.nextToken(), "accounts"));
        });
    }

    CompletableFuture<AuditResult> buckets(AuditTask.ListBuckets task) {
        return clients.call(() -> {
            ListBucketsResponse page = clients.s3(clients.home()).listBuckets(request -> request.maxBuckets(
                            BUCKETS_PER_PAGE)
                    .continuationToken(task.token().orElse(null))
                    .overrideConfiguration(override -> override.credentialsProvider(identities.of(task.account()))));
            List<AuditResult.NamedBucket> named =
                    ResponseValidator.list(page.hasBuckets(), page.buckets(), "Buckets").stream()
                            .map(bucket -> named(task.account(), bucket))
                            .toList();
            return new AuditResult.Buckets(named, next(task.token(), page.continuationToken(), "buckets"));
        });
    }

    CompletableFuture<AuditResult> region(AuditTask.FindRegion task) {
        BucketLocation target = task.target();
        CompletableFuture<Optional<Region>> asked = regions.find(target.bucket(), identities.of(target.account()));
        CompletableFuture<AuditResult> finding = asked.thenApply(found -> new AuditResult.Region(
                found.map(Region::id).orElse(target.region()), learning.recall(target.account(), target.bucket())));
        var unused = finding.whenComplete((found, error) -> asked.cancel(true));
        return finding;
    }

    /** A token that leads to itself would do so for ever. */
    static Optional<String> next(Optional<String> asked, String token, String things) {
        Optional<String> next = Optional.ofNullable(token).filter(present -> !present.isEmpty());
        if (next.isPresent() && next.equals(asked)) {
            throw EndlessListing.listing(things);
        }
        return next;
    }

    /** Where the newer {@code State} is missing, the older {@code Status} tells. */
    private static boolean active(Account account) {
        return account.stateAsString() == null
                ? account.status() == AccountStatus.ACTIVE
                : account.stateAsString().equals("ACTIVE");
    }

    private AuditResult.NamedBucket named(String account, Bucket bucket) {
        return new AuditResult.NamedBucket(
                bucket.name(),
                Optional.ofNullable(bucket.bucketRegion()),
                Optional.ofNullable(bucket.creationDate()).map(date -> date.toEpochMilli()),
                bucket.bucketRegion() != null && wanted.accepts(bucket.name())
                        ? learning.recall(account, bucket.name())
                        : Optional.empty());
    }
}
