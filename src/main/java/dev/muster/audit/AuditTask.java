package dev.muster.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Probe;
import java.util.Optional;

/** A unit of an audit's work: one request, or a few at most. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuditTask.ListAccounts.class, name = "list-accounts"),
    @JsonSubTypes.Type(value = AuditTask.ListBuckets.class, name = "list-buckets"),
    @JsonSubTypes.Type(value = AuditTask.ListDirectoryBuckets.class, name = "list-directory-buckets"),
    @JsonSubTypes.Type(value = AuditTask.FindRegion.class, name = "find-region"),
    @JsonSubTypes.Type(value = AuditTask.ListRange.class, name = "list-range"),
    @JsonSubTypes.Type(value = AuditTask.ProbePrefix.class, name = "probe-prefix"),
    @JsonSubTypes.Type(value = AuditTask.ListDirectory.class, name = "list-directory"),
    @JsonSubTypes.Type(value = AuditTask.ListVersions.class, name = "list-versions"),
    @JsonSubTypes.Type(value = AuditTask.ListUploads.class, name = "list-uploads"),
    @JsonSubTypes.Type(value = AuditTask.SumParts.class, name = "sum-parts")
})
public sealed interface AuditTask {
    /** A page of the organization's accounts. */
    record ListAccounts(Optional<String> token, long asOfMillis) implements AuditTask {}

    /** A page of an account's buckets. */
    record ListBuckets(String account, Optional<String> token, long asOfMillis) implements AuditTask {}

    /** A page of an account's directory buckets in the home region. */
    record ListDirectoryBuckets(String account, Optional<String> token, long asOfMillis) implements AuditTask {}

    /** The region of a bucket that the list of buckets does not tell. */
    record FindRegion(BucketLocation target) implements InBucket {
        @Override
        public InBucket in(String region) {
            return new FindRegion(target.in(region));
        }
    }

    /** A page of the objects in a range of keys. */
    record ListRange(BucketLocation target, KeyRange range) implements InBucket {
        @Override
        public InBucket in(String region) {
            return new ListRange(target.in(region), range);
        }
    }

    /** The names directly under a prefix, to find places to cut at. Nothing waits for it but the end of the run, and not long. */
    record ProbePrefix(BucketLocation target, Probe probe) implements InBucket {
        @Override
        public InBucket in(String region) {
            return new ProbePrefix(target.in(region), probe);
        }
    }

    /**
     * A page of the objects under a prefix of a directory bucket, in no order.
     *
     * @param prefix empty, or ending in the delimiter
     * @param deep whether what lies in directories below is listed too; if not, these are named
     * @param token where the page before ended; empty for the first page
     */
    record ListDirectory(BucketLocation target, String prefix, boolean deep, Optional<String> token)
            implements InBucket {
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
        public InBucket in(String region) {
            return new ListUploads(target.in(region), range, marker);
        }
    }

    /** The size of a page of an upload's parts. */
    record SumParts(BucketLocation target, String key, String uploadId, int partMarker) implements InBucket {
        @Override
        public InBucket in(String region) {
            return new SumParts(target.in(region), key, uploadId, partMarker);
        }
    }

    /** A version or an upload in the middle of those of its key. */
    record Marker(String key, String id) {}

    /** Work in one bucket. */
    sealed interface InBucket extends AuditTask {
        BucketLocation target();

        /** The same work where the bucket really is. */
        InBucket in(String region);
    }
}
