package dev.muster.audit;

import dev.muster.audit.AuditTask.PageToken;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.BucketRegions;
import dev.muster.aws.ListingAnswer;
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
                    .listAccounts(request ->
                            request.nextToken(task.token().map(PageToken::text).orElse(null)));
            List<String> active = ResponseValidator.list(page.hasAccounts(), page.accounts(), "Accounts").stream()
                    .filter(AccountLister::active)
                    .map(Account::id)
                    .toList();
            return new AuditResult.Accounts(active, next(page.nextToken()));
        });
    }

    CompletableFuture<AuditResult> buckets(AuditTask.ListBuckets task) {
        return clients.call(() -> {
            ListingAnswer answer = new ListingAnswer("ListAllMyBucketsResult");
            ListBucketsResponse page = regions.follow(clients.home(), place -> clients.s3(place)
                    .listBuckets(request -> request.maxBuckets(BUCKETS_PER_PAGE)
                            .continuationToken(task.token().map(PageToken::text).orElse(null))
                            .overrideConfiguration(override -> {
                                override.credentialsProvider(identities.of(task.account()));
                                task.token()
                                        .filter(token -> !token.header().isEmpty())
                                        .ifPresent(token -> override.putHeader(token.header(), token.text()));
                                answer.of(override);
                            })));
            answer.requireRoot();
            List<AuditResult.NamedBucket> named =
                    ResponseValidator.list(page.hasBuckets(), page.buckets(), "Buckets").stream()
                            .map(bucket -> named(task.account(), bucket))
                            .toList();
            return new AuditResult.Buckets(named, BucketListToken.of(task.token(), page, answer));
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

    /** The token that an answer names, if it does. */
    static Optional<PageToken> next(String token) {
        return Optional.ofNullable(token).filter(text -> !text.isEmpty()).map(named -> PageToken.of(named, ""));
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
