package dev.muster.audit;

import dev.muster.aws.AwsClients;
import dev.muster.aws.BucketRegions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountStatus;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** Asks for accounts, buckets and regions. */
final class AccountCalls {
    /** The most that <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a> takes; only a paged answer names regions. */
    private static final int BUCKETS_PER_PAGE = 1000;

    private final AwsClients clients;
    private final Identities identities;
    private final BucketRegions regions;

    AccountCalls(AwsClients clients, Identities identities) {
        this.clients = clients;
        this.identities = identities;
        this.regions = new BucketRegions(clients);
    }

    CompletableFuture<AuditFinding> accounts(AuditTask.ListAccounts task) {
        return clients.call(() -> {
            ListAccountsResponse page = clients.organizations(clients.home())
                    .listAccounts(request -> request.nextToken(task.token().orElse(null)));
            List<String> active = page.accounts().stream()
                    .filter(AccountCalls::active)
                    .map(Account::id)
                    .toList();
            return new AuditFinding.Accounts(active, Optional.ofNullable(page.nextToken()));
        });
    }

    CompletableFuture<AuditFinding> buckets(AuditTask.ListBuckets task) {
        return clients.call(() -> {
            ListBucketsResponse page = clients.s3(clients.home()).listBuckets(request -> request.maxBuckets(
                            BUCKETS_PER_PAGE)
                    .continuationToken(task.token().orElse(null))
                    .overrideConfiguration(override -> override.credentialsProvider(identities.of(task.account()))));
            List<AuditFinding.NamedBucket> named =
                    page.buckets().stream().map(AccountCalls::named).toList();
            return new AuditFinding.Buckets(named, Optional.ofNullable(page.continuationToken()));
        });
    }

    CompletableFuture<AuditFinding> region(AuditTask.FindRegion task) {
        Target target = task.target();
        return regions.find(target.bucket(), identities.of(target.account()))
                .thenApply(found ->
                        new AuditFinding.Region(found.map(Object::toString).orElse(target.region())));
    }

    /** Where the newer {@code State} is missing, the older {@code Status} tells. */
    private static boolean active(Account account) {
        return account.stateAsString() == null
                ? account.status() == AccountStatus.ACTIVE
                : account.stateAsString().equals("ACTIVE");
    }

    private static AuditFinding.NamedBucket named(Bucket bucket) {
        return new AuditFinding.NamedBucket(
                bucket.name(),
                Optional.ofNullable(bucket.bucketRegion()),
                Optional.ofNullable(bucket.creationDate()).map(date -> date.toEpochMilli()));
    }
}
