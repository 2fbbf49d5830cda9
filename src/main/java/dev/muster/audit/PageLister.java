package dev.muster.audit;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Keys;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.split.Probe;
import dev.muster.aws.RequestChain;
import dev.muster.aws.s3.ListingPage;
import dev.muster.aws.s3.ListingRequest;
import dev.muster.aws.s3.ListingRequest.VersionsRequest;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.aws.s3.ObjectLister;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/** Lists pages of objects, versions and prefixes. A page's tally counts what lies within its range and nothing else. */
final class PageLister {
    /** An answer that takes longer is not worth waiting for at the end of a run. */
    private static final long PROBE_SECONDS = 10;

    private final ObjectLister lister;
    private final AccountCredentials identities;
    private final AuditScope scope;
    private final String prefix;
    private final TopListSettings terms;
    private final EntryCollector entries;

    PageLister(
            ObjectLister lister,
            AccountCredentials identities,
            AuditScope scope,
            TopListSettings terms,
            EntryCollector entries) {
        this.lister = lister;
        this.identities = identities;
        this.scope = scope;
        this.prefix = scope.prefix();
        this.terms = terms;
        this.entries = entries;
    }

    /** A lister for a task whose entries are collected. */
    PageLister collecting(EntryCollector collector) {
        return new PageLister(lister, identities, scope, terms, collector);
    }

    /** Lists as many pages as the task grants; one where entries are collected, as a collector keeps the last page only. */
    CompletableFuture<AuditResult> objects(AuditTask.ListRange task) {
        return task.pages() == 1 || entries != EntryCollector.NONE
                ? page(task)
                : PageSequence.list(task, this::page, terms.limit(), System::nanoTime);
    }

    private CompletableFuture<AuditResult> page(AuditTask.ListRange task) {
        return objects(task, ListingRequest.MOST);
    }

    private CompletableFuture<AuditResult> objects(AuditTask.ListRange task, int most) {
        RangeTally tally = new RangeTally(terms.tally(task.target().asOfMillis()), scope, task.range(), entries.page());
        ListingRequest byKey = request(task.target())
                .withPrefix(prefix)
                .withMost(most)
                .withStartAfter(key(task.range().after()));
        boolean inSequence = task.target().mode() == ListingMode.IN_SEQUENCE;
        Optional<String> asked = task.token().map(AuditTask.PageToken::text);
        boolean anyOrder =
                inSequence && (asked.isPresent() || byKey.startAfter().isEmpty());
        ListingRequest byPlace = inSequence ? byKey.alsoByMarker() : byKey;
        ListingRequest request = anyOrder ? byPlace.inAnyOrder(asked) : byPlace.withToken(asked);
        return after(lister.objects(request, tally::add), answer -> {
            ListingPage page = endsByItsWords(task, answer) ? answer.withoutDoubt() : answer;
            Optional<AuditTask.PageToken> token = next(task, page);
            boolean byToken = inSequence || task.token().isPresent();
            requireProgress(page, token, byToken);
            boolean unasked = task.token().isPresent() || page.disorder().isPresent();
            if (page.doubtful() && unasked && most == ListingRequest.MOST && tally.counted() > 1) {
                int fewer = (int) Math.min(most, tally.counted()) - 1;
                return RequestChain.handle(objects(task, fewer), (less, error) -> ofBoth(task, page, tally, less));
            }
            Optional<KeyRange> nameable = byToken ? Optional.empty() : nameable(page, task.range());
            if (nameable.isPresent()) {
                AuditTask.ListRange shorter = new AuditTask.ListRange(task.target(), nameable.get());
                return RequestChain.then(
                        objects(shorter),
                        found -> CompletableFuture.completedFuture(
                                goingOn((AuditResult.Objects) found, nameable.get())));
            }
            return CompletableFuture.completedFuture(found(task, page, tally, byToken));
        });
    }

    /** Some servers name a token with every page: behind another token it is believed that there is no more. */
    private static boolean endsByItsWords(AuditTask.ListRange task, ListingPage page) {
        return task.token().isPresent()
                && page.nextToken().isPresent()
                && page.saysTruncated().filter(more -> !more).isPresent();
    }

    private static AuditResult.Objects found(
            AuditTask.ListRange task, ListingPage page, RangeTally tally, boolean byToken) {
        return new AuditResult.Objects(
                tally.tally(),
                pageOf(page, task.range(), tally, byToken),
                tally.edges(!page.mayGoOn()),
                next(task, page).filter(token -> needsToken(task, page)),
                page.disorder().isPresent());
    }

    /** A range goes on by key, so that it can be cut, unless the key may be another one than it seems. */
    private static boolean needsToken(AuditTask.ListRange task, ListingPage page) {
        return task.target().mode() == ListingMode.IN_SEQUENCE
                || page.escapedEnd()
                || page.lastKey().isEmpty();
    }

    /**
     * Result of a full page that claims to be the last one, where nothing follows in byte order from its last key.
     * Asked for one entry less, a server that knows of more has to name a token: then the listing goes on by that. If
     * it shows as many as before, it sends all that it has, and where it has named tokens it is believed. Otherwise all
     * that is left is to ask for what follows the greatest key.
     *
     * @param fewer the answer when asked for one entry less; null if there was none
     */
    private static AuditResult ofBoth(AuditTask.ListRange task, ListingPage page, RangeTally tally, AuditResult fewer) {
        if (fewer instanceof AuditResult.Objects less && less.token().isPresent()) {
            return less;
        }
        boolean limited =
                fewer instanceof AuditResult.Objects less && less.page().keys() < tally.counted();
        boolean believed = task.token().isPresent() && !limited;
        return found(task, believed ? page.withoutDoubt() : page, tally, true);
    }

    /** The token of the next page; a listing that goes on by token must not come back to the key that it has left. */
    private static Optional<AuditTask.PageToken> next(AuditTask.ListRange task, ListingPage page) {
        Optional<AuditTask.PageToken> named =
                page.nextToken().filter(token -> page.truncated()).map(text -> AuditTask.PageToken.of(text, ""));
        Optional<AuditTask.PageToken> onward = named.flatMap(
                token -> token.following(task.token(), page.lastKey().isPresent()));
        boolean stuck = task.token().isPresent()
                && page.lastKey()
                        .filter(last -> last.toString().equals(task.range().after()))
                        .isPresent();
        if ((named.isPresent() && onward.isEmpty()) || (stuck && page.truncated())) {
            throw EndlessListing.listing("keys");
        }
        return onward;
    }

    CompletableFuture<AuditResult> versions(AuditTask.ListVersions task) {
        BucketLocation target = task.target();
        RangeTally tally = new RangeTally(terms.tally(target.asOfMillis()), scope, task.range(), entries.page());
        VersionsRequest request = new VersionsRequest(
                target.bucket(),
                Region.of(target.region()),
                identities.of(target.account()),
                prefix,
                start(task),
                task.marker().map(AuditTask.Marker::id),
                inAnyOrder(task));
        return after(lister.versions(request, tally::add), page -> {
            requireProgress(page);
            requireProgress(page, task);
            requireWholeKey(task, tally);
            Optional<KeyRange> nameable = nameable(page, task.range());
            if (nameable.isPresent()) {
                AuditTask.ListVersions shorter = new AuditTask.ListVersions(target, nameable.get(), task.marker());
                return RequestChain.then(
                        versions(shorter),
                        found -> CompletableFuture.completedFuture(
                                goingOn((AuditResult.Versions) found, nameable.get())));
            }
            boolean disorder = page.disorder().isPresent();
            Optional<AuditTask.Marker> unfinished = text(page.lastKey())
                    .filter(last -> disorder ? page.truncated() : page.mayGoOn() && within(task.range(), last))
                    .flatMap(last -> page.lastId().map(id -> new AuditTask.Marker(last, id)))
                    .map(marker -> marker.following(task.marker(), tally.counted() > 0)
                            .orElseThrow(() -> EndlessListing.listing("versions")));
            return CompletableFuture.completedFuture(new AuditResult.Versions(
                    tally.ofVersions(page.mayGoOn(), !disorder),
                    pageOf(page, task.range(), tally, false),
                    tally.edges(!page.mayGoOn()),
                    unfinished,
                    disorder));
        });
    }

    /** A page behind a key alone shows what follows it, or the server cannot go on from there. */
    private boolean inAnyOrder(AuditTask.ListVersions task) {
        return task.target().mode() == ListingMode.IN_SEQUENCE
                && (task.marker().isPresent() || start(task).isEmpty());
    }

    /** Asks for the next key on both sides of a cut, after the cut twice. */
    CompletableFuture<AuditResult> check(AuditTask.CheckCut task) {
        Function<String, CompletableFuture<AuditResult>> follows = after -> {
            KeyRange range = new KeyRange(after, "");
            return task.listing() == AuditTask.Listing.OBJECTS
                    ? objects(new AuditTask.ListRange(task.target(), range))
                    : versions(new AuditTask.ListVersions(task.target(), range, Optional.empty()));
        };
        return task.answer(follows);
    }

    /** Asks for the names directly under a prefix; outside the audited prefix there is nothing to ask for. */
    CompletableFuture<AuditResult> names(AuditTask.ProbePrefix task) {
        if (!task.probe().prefix().startsWith(prefix)) {
            return CompletableFuture.completedFuture(AuditResult.Names.UNKNOWN);
        }
        ListingRequest request =
                request(task.target()).withPrefix(task.probe().prefix()).withDelimiter(String.valueOf(Probe.DELIMITER));
        CompletableFuture<AuditResult> names = after(
                lister.objects(request, entry -> {}),
                page -> CompletableFuture.completedFuture(
                        new AuditResult.Names(texts(page.commonPrefixes()).toList(), page.truncated())));
        return names.completeOnTimeout(AuditResult.Names.UNKNOWN, PROBE_SECONDS, TimeUnit.SECONDS);
    }

    /** Result of a page when it has arrived. Cancelling it ends the request, which frees its connection. */
    private static CompletableFuture<AuditResult> after(
            CompletableFuture<ListingPage> request, Function<ListingPage, CompletableFuture<AuditResult>> meaning) {
        return RequestChain.then(request, meaning);
    }

    private ListingRequest request(BucketLocation target) {
        return ListingRequest.of(target.bucket(), Region.of(target.region()), identities.of(target.account()));
    }

    /** Key to continue after; a range that begins before the prefix begins at the prefix. */
    private Optional<ObjectKey> key(String after) {
        return Keys.compare(after, prefix) < 0 || after.isEmpty() ? Optional.empty() : Optional.of(ObjectKey.of(after));
    }

    private static boolean within(KeyRange range, String key) {
        return !range.bounded() || Keys.compare(key, range.upTo()) <= 0;
    }

    /**
     * The part of a range that is to be listed in its place, where a page ends at a key that no request can name, as it
     * is no UTF-8: up to a key of the page that they can name, behind which the listing goes on.
     */
    private static Optional<KeyRange> nameable(ListingPage page, KeyRange range) {
        ObjectKey last = page.lastKey().orElse(ObjectKey.of(""));
        boolean passed = range.bounded() && last.compareTo(ObjectKey.of(range.upTo())) > 0;
        if (!page.mayGoOn() || passed || last.isText()) {
            return Optional.empty();
        }
        String end = texts(page.sample())
                .filter(range::contains)
                .reduce((before, after) -> after)
                .orElseThrow(() -> new TaskException(new Failure(
                        Failure.Kind.INVALID,
                        "KeyNotUtf8",
                        "a page ends at the key \"" + last + "\", which is no UTF-8: no request can name it, and so the"
                                + " listing cannot go on behind it")));
        return Optional.of(new KeyRange(range.after(), end));
    }

    private static AuditResult goingOn(AuditResult.Objects found, KeyRange listed) {
        return new AuditResult.Objects(
                found.tally(), goingOn(found.page(), listed), found.edges(), Optional.empty(), found.disorder());
    }

    private static AuditResult goingOn(AuditResult.Versions found, KeyRange listed) {
        return new AuditResult.Versions(
                found.tally(), goingOn(found.page(), listed), found.edges(), Optional.empty(), found.disorder());
    }

    private static ListedPage goingOn(ListedPage page, KeyRange listed) {
        List<String> sample = Stream.concat(page.sample().stream(), Stream.of(listed.upTo()))
                .distinct()
                .toList();
        return new ListedPage(page.keys(), sample, true);
    }

    private static Stream<String> texts(List<ObjectKey> keys) {
        return keys.stream().filter(ObjectKey::isText).map(ObjectKey::text);
    }

    private static Optional<String> text(Optional<ObjectKey> key) {
        return key.filter(ObjectKey::isText).map(ObjectKey::text);
    }

    private static ListedPage pageOf(ListingPage page, KeyRange range, RangeTally tally, boolean byToken) {
        if (page.disorder().isPresent()) {
            return inDisorder(page, tally);
        }
        Optional<String> end = byToken ? page.lastKey().map(ObjectKey::toString) : text(page.lastKey());
        Optional<String> last = end.filter(key -> within(range, key));
        Stream<String> sample = texts(page.sample());
        List<String> keys = Stream.concat(
                        last.isPresent() ? sample : sample.filter(key -> within(range, key)), last.stream())
                .distinct()
                .toList();
        boolean more =
                page.mayGoOn() && last.filter(key -> !key.equals(range.upTo())).isPresent();
        return new ListedPage(tally.counted(), keys, more, page.doubtful());
    }

    /** Continues an unordered page: after its last key if it says that there is more, else after the greatest one. */
    private static ListedPage inDisorder(ListingPage page, RangeTally tally) {
        Optional<String> last = page.truncated()
                ? page.lastKey().map(ObjectKey::toString)
                : tally.edges(false).last();
        return new ListedPage(tally.counted(), last.stream().toList(), page.mayGoOn(), page.doubtful());
    }

    /**
     * A page without entries that claims to go on gives no key to go on from. One whose keys do not ascend can be gone
     * on from by token only.
     */
    private static void requireProgress(ListingPage page, Optional<AuditTask.PageToken> token, boolean inSequence) {
        if (page.truncated()
                && token.isPresent()
                && (inSequence || page.lastKey().isEmpty())) {
            return;
        }
        page.disorder().filter(disorder -> page.truncated()).ifPresent(disorder -> {
            throw disorder;
        });
        requireProgress(page);
    }

    private static void requireProgress(ListingPage page) {
        if (page.truncated() && page.lastKey().isEmpty()) {
            throw new TaskException(new Failure(
                    Failure.Kind.TRANSIENT, "EmptyPage", "the server sent an empty page and says that there are more"));
        }
    }

    /**
     * Some servers skip the first version behind a key marker that does not exist. Where a range begins so, the latest
     * version of its first key is missing.
     */
    private void requireWholeKey(AuditTask.ListVersions task, RangeTally tally) {
        boolean cut =
                task.target().mode() == ListingMode.IN_PARTS && start(task).isPresent();
        if (cut && task.marker().isEmpty() && tally.beginsWithinKey()) {
            throw new TaskException(ListingFallback.SKIPPED_VERSION);
        }
    }

    /**
     * A page that ends where the one before it ended, or before that, would come again and again. Of a key that lies
     * behind there is nothing more to come.
     */
    private void requireProgress(ListingPage page, AuditTask.ListVersions task) {
        Optional<ObjectKey> start = start(task);
        Optional<String> id = task.marker().map(AuditTask.Marker::id);
        int order = page.lastKey()
                .map(last -> last.compareTo(start.orElse(ObjectKey.of(prefix))))
                .orElse(1);
        boolean again = order == 0 && start.isPresent() && (id.isEmpty() || id.equals(page.lastId()));
        if (page.mayGoOn() && ((order < 0 && page.disorder().isEmpty()) || again)) {
            throw EndlessListing.listing("versions");
        }
    }

    private Optional<ObjectKey> start(AuditTask.ListVersions task) {
        return task.marker()
                .map(marker -> ObjectKey.of(marker.key()))
                .or(() -> key(task.range().after()));
    }
}
