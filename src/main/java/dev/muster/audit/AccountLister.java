package dev.muster.audit;

import dev.muster.audit.AuditTask.PageToken;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.BucketRegions;
import dev.muster.aws.Organizations;
import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.RequestChain;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ListingPage;
import dev.muster.aws.s3.ListingRequest.BucketRequest;
import dev.muster.aws.s3.ObjectLister;
import dev.muster.engine.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;

/** Lists accounts and buckets, and looks up regions. */
final class AccountLister {
    /** The most that <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a> takes; only a paged answer names regions. */
    private static final int BUCKETS_PER_PAGE = 1000;

    private static final Set<Integer> HEAD_REFUSED = Set.of(400, 403, 404, 405, 501);

    private final AwsClients clients;
    private final AccountCredentials identities;
    private final ObjectLister lister;
    private final BucketRegions regions;
    private final Organizations organizations;
    private final BucketFilter wanted;
    private final ProfileStore learning;

    AccountLister(AwsClients clients, AccountCredentials identities, BucketFilter wanted, ProfileStore learning) {
        this.clients = clients;
        this.identities = identities;
        this.wanted = wanted;
        this.learning = learning;
        this.lister = new ObjectLister(clients);
        this.regions = new BucketRegions(clients);
        this.organizations = new Organizations(clients);
    }

    CompletableFuture<AuditResult> accounts(AuditTask.ListAccounts task) {
        return clients.call(() -> {
            Organizations.Page<MemberAccount> page =
                    organizations.listAccounts(task.token().map(PageToken::text));
            List<String> active =
                    new ArrayList<>(Collections.nCopies(page.nameless().size(), ""));
            page.items().stream()
                    .filter(account -> account.state().equals("ACTIVE"))
                    .forEach(account -> active.add(account.id().strip()));
            return new AuditResult.Accounts(active, page.nextToken().map(token -> PageToken.of(token, "")));
        });
    }

    CompletableFuture<AuditResult> buckets(AuditTask.ListBuckets task) {
        return BucketRegions.follow(clients.home(), region -> buckets(task, region, BUCKETS_PER_PAGE));
    }

    private CompletableFuture<AuditResult> buckets(AuditTask.ListBuckets task, Region region, int most) {
        BucketRequest service = new BucketRequest("", region, identities.of(task.account()));
        Optional<PageToken> asked = task.token();
        Map<String, String> headers = asked.filter(token -> !token.header().isEmpty())
                .map(token -> Map.of(token.header(), token.text()))
                .orElse(Map.of());
        List<AuditResult.NamedBucket> named = new ArrayList<>();
        CompletableFuture<ListingPage> page = lister.buckets(
                service, most, asked.map(PageToken::text), headers, entry -> named.add(named(task.account(), entry)));
        return RequestChain.then(page, read -> {
            AuditResult.Buckets found = new AuditResult.Buckets(named, BucketListToken.of(asked, read));
            return found.next().isEmpty() && named.size() == BUCKETS_PER_PAGE && most == BUCKETS_PER_PAGE
                    ? RequestChain.handle(buckets(task, region, most - 1), (fewer, error) -> ofBoth(found, fewer))
                    : CompletableFuture.completedFuture(found);
        });
    }

    /**
     * Result of a full page that claims to be the last one. When asked for one bucket less, a server that has more
     * buckets must name a token; one that shows as many as before has sent everything; one that shows fewer and again
     * says that there are no more contradicts itself.
     *
     * @param fewer answer to the request for one bucket less; null if there was none
     */
    private static AuditResult ofBoth(AuditResult.Buckets found, AuditResult fewer) {
        if (!(fewer instanceof AuditResult.Buckets less)
                || less.buckets().size() >= found.buckets().size()) {
            return found;
        }
        return less.next().isPresent()
                ? less
                : new AuditResult.Buckets(found.buckets(), Optional.of(BucketListToken.UNKNOWN));
    }

    CompletableFuture<AuditResult> region(AuditTask.FindRegion task) {
        BucketLocation target = task.target();
        CompletableFuture<Optional<Region>> asked = regions.find(target.bucket(), identities.of(target.account()));
        CompletableFuture<AuditResult> finding = asked.exceptionally(AccountLister::untold)
                .thenApply(found -> new AuditResult.Region(
                        found.map(Region::id).orElse(target.region()),
                        learning.recall(target.account(), target.bucket())));
        var unused = finding.whenComplete((found, error) -> asked.cancel(true));
        return finding;
    }

    /** The token that an answer names, if it does. */
    static Optional<PageToken> next(String token) {
        return Optional.ofNullable(token).filter(text -> !text.isEmpty()).map(named -> PageToken.of(named, ""));
    }

    /**
     * A refused HEAD has no message, and not every server knows it: the listing that follows succeeds, or tells why
     * not.
     */
    private static Optional<Region> untold(Throwable failure) {
        Throwable cause = Failure.cause(failure);
        if (cause instanceof AwsServiceException refusal && HEAD_REFUSED.contains(refusal.statusCode())) {
            return Optional.empty();
        }
        throw new CompletionException(cause);
    }

    private AuditResult.NamedBucket named(String account, ListingEntry bucket) {
        String name = bucket.key().toString();
        Optional<String> region = BucketRegions.of(bucket.region()).map(Region::id);
        return new AuditResult.NamedBucket(
                name,
                region,
                Optional.of(bucket.dateMillis()).filter(date -> date != ListingEntry.UNKNOWN_DATE),
                region.isPresent() && wanted.accepts(name) ? learning.recall(account, name) : Optional.empty(),
                bucket.problem());
    }

    /**
     * Place from which a list of buckets continues. AWS names it {@code ContinuationToken}; other servers use the name of
     * the listings of objects, {@code NextContinuationToken}, or headers such as {@code cf-next-continuation-token} and
     * {@code cf-is-truncated} of Cloudflare R2.
     */
    static final class BucketListToken {
        /** Token of a page that exists but cannot be requested. */
        static final PageToken UNKNOWN = named("");

        private static final String NEXT = "next-";

        private BucketListToken() {}

        /** The token of an answer, without text if it says that there is more but not where; empty at the end. */
        static Optional<PageToken> of(Optional<PageToken> asked, ListingPage page) {
            Map<String, List<String>> headers = page.headers();
            Optional<String> truncated = page.saysTruncated()
                    .map(String::valueOf)
                    .or(() -> headerEnding(headers, "is-truncated").map(Map.Entry::getValue));
            boolean over = truncated.filter("false"::equalsIgnoreCase).isPresent();
            Optional<PageToken> named = Stream.of(
                            page.nextToken().map(BucketListToken::named),
                            headerEnding(headers, NEXT + "continuation-token").map(BucketListToken::ofHeader))
                    .flatMap(Optional::stream)
                    .filter(token -> !over || !isEchoOf(asked, token))
                    .findFirst();
            boolean more = truncated.filter("true"::equalsIgnoreCase).isPresent();
            return named.or(() -> more ? Optional.of(UNKNOWN) : Optional.empty());
        }

        private static PageToken named(String token) {
            return PageToken.of(token, "");
        }

        private static boolean isEchoOf(Optional<PageToken> asked, PageToken token) {
            return asked.filter(before -> before.text().equals(token.text())).isPresent();
        }

        private static Optional<Map.Entry<String, String>> headerEnding(Map<String, List<String>> headers, String end) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().toLowerCase(Locale.ROOT).endsWith(end))
                    .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                    .filter(header -> !header.getValue().isBlank())
                    .findFirst();
        }

        private static PageToken ofHeader(Map.Entry<String, String> header) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            int next = name.lastIndexOf(NEXT);
            return PageToken.of(header.getValue(), name.substring(0, next) + name.substring(next + NEXT.length()));
        }
    }
}
