package dev.muster.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.audit.AuditFailure.Gap;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Probe;
import dev.muster.output.TerminalText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A unit of an audit's work: one request, or a few. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuditTask.ListAccounts.class, name = "list-accounts"),
    @JsonSubTypes.Type(value = AuditTask.ListBuckets.class, name = "list-buckets"),
    @JsonSubTypes.Type(value = AuditTask.ListDirectoryBuckets.class, name = "list-directory-buckets"),
    @JsonSubTypes.Type(value = AuditTask.FindRegion.class, name = "find-region"),
    @JsonSubTypes.Type(value = AuditTask.ListRange.class, name = "list-range"),
    @JsonSubTypes.Type(value = AuditTask.ProbePrefix.class, name = "probe-prefix"),
    @JsonSubTypes.Type(value = AuditTask.CheckCut.class, name = "check-cut"),
    @JsonSubTypes.Type(value = AuditTask.ListDirectory.class, name = "list-directory"),
    @JsonSubTypes.Type(value = AuditTask.ListVersions.class, name = "list-versions"),
    @JsonSubTypes.Type(value = AuditTask.ListUploads.class, name = "list-uploads"),
    @JsonSubTypes.Type(value = AuditTask.SumParts.class, name = "sum-parts")
})
public sealed interface AuditTask {
    /** The attempt in words, for messages: {@code list the keys after "a" up to "b" of bucket logs}. */
    String description();

    /** Name of the rate budget that a try draws on. */
    String resource();

    /** Id of the account with whose credentials it is done; empty for those that the run began with. */
    String account();

    /** The part of the report that is missing if it fails; empty if none is. */
    Optional<Gap> gap();

    /** A page of the organization's accounts. */
    record ListAccounts(Optional<PageToken> token, long asOfMillis) implements AuditTask {
        @Override
        public String description() {
            return "list the organization's accounts";
        }

        @Override
        public String resource() {
            return "organizations";
        }

        @Override
        public String account() {
            return "";
        }

        @Override
        public Optional<Gap> gap() {
            return Optional.of(Gap.ACCOUNT);
        }
    }

    /** A page of an account's buckets. */
    record ListBuckets(String account, Optional<PageToken> token, long asOfMillis) implements InAccount {
        @Override
        public String description() {
            return "list the buckets" + ofAccount(account);
        }

        @Override
        public ListBuckets next(PageToken nextToken) {
            return new ListBuckets(account, Optional.of(nextToken), asOfMillis);
        }
    }

    /** A page of an account's directory buckets in the home region. */
    record ListDirectoryBuckets(String account, Optional<PageToken> token, long asOfMillis) implements InAccount {
        @Override
        public String description() {
            return "list the directory buckets" + ofAccount(account);
        }

        @Override
        public ListDirectoryBuckets next(PageToken nextToken) {
            return new ListDirectoryBuckets(account, Optional.of(nextToken), asOfMillis);
        }
    }

    /** The region of a bucket that the list of buckets does not tell. */
    record FindRegion(BucketLocation target) implements InBucket {
        @Override
        public String description() {
            return "find the region of bucket " + target.bucket();
        }

        @Override
        public InBucket in(String region) {
            return new FindRegion(target.in(region));
        }
    }

    /**
     * A page of the objects in a range of keys, or several.
     *
     * @param token place from which the server said the listing continues; empty to continue by key
     * @param pages most pages to list; 1 in tasks of earlier releases
     */
    record ListRange(BucketLocation target, KeyRange range, Optional<PageToken> token, int pages) implements InBucket {
        public ListRange {
            pages = Math.max(1, pages);
        }

        public ListRange(BucketLocation target, KeyRange range, Optional<PageToken> token) {
            this(target, range, token, 1);
        }

        public ListRange(BucketLocation target, KeyRange range) {
            this(target, range, Optional.empty());
        }

        @Override
        public String description() {
            return "list " + keys(range) + " of bucket " + target.bucket();
        }

        @Override
        public Optional<String> place() {
            return Optional.of(range.after()).filter(after -> !after.isEmpty());
        }

        @Override
        public InBucket in(String region) {
            return new ListRange(target.in(region), range, token, pages);
        }
    }

    /**
     * The names directly under a prefix, to find places to cut at. Only the end of the run waits for it, and only
     * briefly.
     */
    record ProbePrefix(BucketLocation target, Probe probe) implements InBucket {
        @Override
        public String description() {
            return "list the prefixes of bucket " + target.bucket();
        }

        @Override
        public Optional<Gap> gap() {
            return Optional.empty();
        }

        @Override
        public InBucket in(String region) {
            return new ProbePrefix(target.in(region), probe);
        }
    }

    /** Listings that are cut into ranges. */
    enum Listing {
        OBJECTS,
        VERSIONS,
        UPLOADS
    }

    /**
     * The keys that follow the two sides of a cut; counts nothing.
     *
     * @param last the last key that was listed before the cut
     */
    record CheckCut(BucketLocation target, Listing listing, String last, String cut) implements InBucket {
        @Override
        public String description() {
            return "list the keys again that follow " + quoted(cut) + " in bucket " + target.bucket();
        }

        @Override
        public Optional<Gap> gap() {
            return Optional.of(listing == Listing.UPLOADS ? Gap.UPLOADS : Gap.OBJECTS);
        }

        @Override
        public Optional<String> place() {
            return Optional.of(cut);
        }

        @Override
        public InBucket in(String region) {
            return new CheckCut(target.in(region), listing, last, cut);
        }

        /**
         * Asks for the key after the cut, after the last key before it, and after the cut again, to tell a change from
         * a contradiction.
         */
        CompletableFuture<AuditResult> answer(Function<String, CompletableFuture<AuditResult>> list) {
            return list.apply(cut).thenCompose(before -> list.apply(last)
                    .thenCompose(left -> list.apply(cut).thenApply(right -> {
                        Optional<String> afterCut = follows(right);
                        return new AuditResult.Follows(
                                follows(left), afterCut, afterCut.isPresent() && afterCut.equals(follows(before)));
                    })));
        }

        private static Optional<String> follows(AuditResult page) {
            return ((AuditResult.Listed) page).edges().afterStart();
        }
    }

    /**
     * A page of the objects under a prefix of a directory bucket, in no order.
     *
     * @param prefix empty, or ending in the delimiter
     * @param deep whether objects in directories below are listed, too; otherwise these directories are named
     * @param token the token that the previous page ended with; empty for the first page
     */
    record ListDirectory(BucketLocation target, String prefix, boolean deep, Optional<PageToken> token)
            implements InBucket {
        @Override
        public String description() {
            return "list the keys" + (prefix.isEmpty() ? "" : " under " + quoted(prefix)) + " of bucket "
                    + target.bucket();
        }

        @Override
        public InBucket in(String region) {
            return new ListDirectory(target.in(region), prefix, deep, token);
        }
    }

    /**
     * A page of the versions in a range of keys.
     *
     * @param marker the last version seen, if it is not the last one of its key; empty to begin with the range
     */
    record ListVersions(BucketLocation target, KeyRange range, Optional<Marker> marker) implements InBucket {
        @Override
        public String description() {
            return "list the versions of " + keys(range) + " of bucket " + target.bucket();
        }

        @Override
        public Optional<String> place() {
            return Optional.of(range.after()).filter(after -> !after.isEmpty());
        }

        @Override
        public InBucket in(String region) {
            return new ListVersions(target.in(region), range, marker);
        }
    }

    /**
     * A page of the incomplete multipart uploads in a range of keys.
     *
     * @param marker the last upload seen, if it is not the last one of its key; empty to begin with the range
     */
    record ListUploads(BucketLocation target, KeyRange range, Optional<Marker> marker) implements InBucket {
        @Override
        public String description() {
            return "list the incomplete uploads of bucket " + target.bucket();
        }

        @Override
        public Optional<Gap> gap() {
            return Optional.of(Gap.UPLOADS);
        }

        @Override
        public Optional<String> place() {
            return Optional.of(range.after()).filter(after -> !after.isEmpty());
        }

        @Override
        public InBucket in(String region) {
            return new ListUploads(target.in(region), range, marker);
        }
    }

    /**
     * The sizes of one page of an upload's parts.
     *
     * @param initiatedMillis start of the upload, epoch milliseconds
     */
    record SumParts(BucketLocation target, String key, String uploadId, int partMarker, long initiatedMillis)
            implements InBucket {
        @Override
        public String description() {
            return "list the parts of an incomplete upload of bucket " + target.bucket();
        }

        @Override
        public Optional<Gap> gap() {
            return Optional.of(Gap.UPLOADS);
        }

        @Override
        public InBucket in(String region) {
            return new SumParts(target.in(region), key, uploadId, partMarker, initiatedMillis);
        }
    }

    /**
     * Place from which the server said a listing continues.
     *
     * @param text the token; empty if the server says that there is more, but not where
     * @param header the request header that carries the token besides the parameter; empty for none
     * @param idle number of pages in a row, up to the one that named the token, that have shown nothing new
     * @param pages number of pages of the listing that have named a token
     * @param landmark the token of an earlier page, to notice a listing that goes round in a circle (Brent's
     *     algorithm): that of the last page whose number is a power of two
     */
    record PageToken(String text, String header, int idle, int pages, String landmark) {
        /** Pages without anything new that are followed; servers skip deleted entries in this way. */
        private static final int MOST_IDLE = 100;

        static PageToken of(String text, String header) {
            return new PageToken(text, header, 0, 1, text);
        }

        /**
         * This token, as named by a page that was requested with another one; empty if it leads nowhere or in a circle.
         */
        Optional<PageToken> following(Optional<PageToken> asked, boolean anythingNew) {
            if (text.isEmpty() || asked.isEmpty()) {
                return Optional.of(this).filter(token -> !token.text.isEmpty());
            }
            PageToken before = asked.get();
            int soFar = anythingNew ? 0 : before.idle + 1;
            if (text.equals(before.text) || text.equals(before.landmark) || soFar > MOST_IDLE) {
                return Optional.empty();
            }
            int number = before.pages + 1;
            return Optional.of(
                    new PageToken(text, header, soFar, number, Integer.bitCount(number) == 1 ? text : before.landmark));
        }
    }

    /**
     * A version or an upload of a key that has more of them.
     *
     * @param idle number of pages in a row that have shown nothing new, as in {@link PageToken}
     * @param pages number of pages in a row that have ended at a version or an upload
     * @param landmark where an earlier one of these pages ended, to notice a circle
     */
    record Marker(String key, String id, int idle, int pages, String landmark) {
        public Marker(String key, String id) {
            this(key, id, 0, 1, id + ' ' + key);
        }

        /**
         * This marker, as named by a page that was requested with another one; empty if it leads nowhere or in a
         * circle.
         */
        Optional<Marker> following(Optional<Marker> asked, boolean anythingNew) {
            return PageToken.of(place(), "")
                    .following(asked.map(Marker::token), anythingNew)
                    .map(token -> new Marker(key, id, token.idle(), token.pages(), token.landmark()));
        }

        private PageToken token() {
            return new PageToken(place(), "", idle, pages, landmark);
        }

        private String place() {
            return id + ' ' + key;
        }
    }

    /** The listing of an account's buckets. */
    sealed interface InAccount extends AuditTask {
        Optional<PageToken> token();

        long asOfMillis();

        /** The next page. */
        InAccount next(PageToken nextToken);

        @Override
        default String resource() {
            return "account " + account();
        }

        @Override
        default Optional<Gap> gap() {
            return Optional.of(Gap.ACCOUNT);
        }
    }

    /** Work in one bucket. */
    sealed interface InBucket extends AuditTask {
        BucketLocation target();

        /** The key behind which the listing is to begin; empty if it begins with the first page. */
        default Optional<String> place() {
            return Optional.empty();
        }

        /** The same work in the region where the bucket really is. */
        InBucket in(String region);

        @Override
        default String resource() {
            return "bucket " + target().bucket();
        }

        @Override
        default String account() {
            return target().account();
        }

        @Override
        default Optional<Gap> gap() {
            return Optional.of(Gap.OBJECTS);
        }
    }

    private static String keys(KeyRange range) {
        if (range.equals(KeyRange.ALL)) {
            return "the keys";
        }
        String from = range.after().isEmpty() ? "" : " after " + quoted(range.after());
        String to = range.bounded() ? " up to " + quoted(range.upTo()) : "";
        return "the keys" + from + to;
    }

    private static String ofAccount(String account) {
        return account.isEmpty() ? "" : " of account " + account;
    }

    /** A key in printable form; a long one is cut to 80 characters, so that the rest of the sentence gets read. */
    private static String quoted(String key) {
        String text = TerminalText.escape(key);
        int shown = Math.min(text.codePointCount(0, text.length()), 80);
        int end = text.offsetByCodePoints(0, shown);
        return '"' + text.substring(0, end) + (end < text.length() ? "...\"" : "\"");
    }
}
