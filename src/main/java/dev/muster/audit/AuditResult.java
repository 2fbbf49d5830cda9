package dev.muster.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.ObjectTally;
import java.util.List;
import java.util.Optional;

/** Result of an {@link AuditTask}. Readable by Jackson, as it may come from another machine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "finding")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuditResult.Accounts.class, name = "accounts"),
    @JsonSubTypes.Type(value = AuditResult.Buckets.class, name = "buckets"),
    @JsonSubTypes.Type(value = AuditResult.Region.class, name = "region"),
    @JsonSubTypes.Type(value = AuditResult.Elsewhere.class, name = "elsewhere"),
    @JsonSubTypes.Type(value = AuditResult.Objects.class, name = "objects"),
    @JsonSubTypes.Type(value = AuditResult.Directory.class, name = "directory"),
    @JsonSubTypes.Type(value = AuditResult.Names.class, name = "names"),
    @JsonSubTypes.Type(value = AuditResult.Follows.class, name = "follows"),
    @JsonSubTypes.Type(value = AuditResult.Versions.class, name = "versions"),
    @JsonSubTypes.Type(value = AuditResult.Uploads.class, name = "uploads"),
    @JsonSubTypes.Type(value = AuditResult.Parts.class, name = "parts")
})
public sealed interface AuditResult {
    /**
     * Active accounts of the organization, with an empty id for an entry without one, and the token of the next page.
     */
    record Accounts(List<String> ids, Optional<AuditTask.PageToken> next) implements AuditResult {}

    /**
     * A bucket as its account's list names it.
     *
     * @param region empty where the server does not tell
     * @param creationMillis epoch milliseconds; empty where the server does not tell
     * @param earlier what an earlier run has learned about it
     * @param problem what is missing from its entry or cannot be read; empty if nothing
     */
    record NamedBucket(
            String name,
            Optional<String> region,
            Optional<Long> creationMillis,
            Optional<BucketProfile> earlier,
            String problem) {
        NamedBucket(
                String name, Optional<String> region, Optional<Long> creationMillis, Optional<BucketProfile> earlier) {
            this(name, region, creationMillis, earlier, "");
        }
    }

    /** Buckets of an account, and the token of the next page. */
    record Buckets(List<NamedBucket> buckets, Optional<AuditTask.PageToken> next) implements AuditResult {}

    /** Region of a bucket, and what an earlier run has learned about it. */
    record Region(String region, Optional<BucketProfile> earlier) implements AuditResult {}

    /** The bucket is in another region than the one that was asked. */
    record Elsewhere(String region) implements AuditResult {}

    /**
     * Page of objects, or several that follow each other.
     *
     * @param edges the keys at the edges of its range
     * @param token the place where the server says that the listing goes on
     * @param disorder whether its keys did not ascend, or not behind those of the page before
     */
    record Objects(
            ObjectTally tally, ListedPage page, RangeEdges edges, Optional<AuditTask.PageToken> token, boolean disorder)
            implements AuditResult, Listed {
        /**
         * Tells whether the page showed no key at all although the listing continues. A page that shows a key past the
         * end of its range is no such page: the range is done.
         */
        boolean blank() {
            return page.keys() == 0 && !page.more() && edges.beyond().isEmpty() && token.isPresent();
        }

        @Override
        public boolean goesOn() {
            return blank() || page.more();
        }

        /** This and the next pages of the range as one result, with lists cut to a limit. */
        public Objects followedBy(Objects next, int limit) {
            RangeEdges both = new RangeEdges(
                    edges.first().or(next.edges::first),
                    next.edges.last().or(edges::last),
                    next.edges.beyond(),
                    next.edges.end());
            return new Objects(
                    tally.plus(next.tally, limit), page.followedBy(next.page), both, next.token, next.disorder);
        }
    }

    /**
     * Page of a directory bucket.
     *
     * @param objects how many objects
     * @param directories number of directories directly below the prefix that they lie in
     * @param prefixes directories directly below the prefix that were named instead of listed
     * @param next the token of the next page
     */
    record Directory(
            ObjectTally tally, long objects, int directories, List<String> prefixes, Optional<AuditTask.PageToken> next)
            implements AuditResult {}

    /**
     * The keys that follow the two sides of a cut, in the form of {@link RangeEdges#afterStart}.
     *
     * @param stable whether what follows the cut is known, and was the same before and after the other question
     */
    record Follows(Optional<String> afterLast, Optional<String> afterCut, boolean stable) implements AuditResult {}

    /** A page of a range of keys. */
    interface Listed {
        RangeEdges edges();

        ListedPage page();

        /** Tells whether the range goes on behind the page. */
        default boolean goesOn() {
            return page().more();
        }
    }

    /** The names under a prefix. */
    record Names(List<String> prefixes, boolean truncated) implements AuditResult {
        /** Result of a probe without findings. */
        static final Names UNKNOWN = new Names(List.of(), true);
    }

    /**
     * Page of versions.
     *
     * @param edges the keys at the edges of its range
     * @param unfinished the page's last version, if its key may have further ones on the next page
     * @param disorder whether its keys did not ascend, or not behind those of the page before
     */
    record Versions(
            ObjectTally tally,
            ListedPage page,
            RangeEdges edges,
            Optional<AuditTask.Marker> unfinished,
            boolean disorder)
            implements AuditResult, Listed {}

    /** An incomplete upload whose parts are to be added up, with its start in epoch milliseconds. */
    record NamedUpload(String key, String uploadId, long initiatedMillis) {}

    /**
     * Page of uploads.
     *
     * @param edges the keys at the edges of its range
     * @param limit description of a server's limit by which other uploads may be missing; empty if there is none
     * @param unfinished the page's last upload, if its key may have further ones on the next page
     * @param uploads those within the range
     * @param disorder whether its keys did not ascend, or not behind those of the page before
     */
    record Uploads(
            ObjectTally tally,
            ListedPage page,
            RangeEdges edges,
            Optional<String> limit,
            Optional<AuditTask.Marker> unfinished,
            List<NamedUpload> uploads,
            boolean disorder)
            implements AuditResult, Listed {}

    /** Sizes of some parts, and the part number after which the next page continues. */
    record Parts(ObjectTally tally, Optional<Integer> next) implements AuditResult {}
}
