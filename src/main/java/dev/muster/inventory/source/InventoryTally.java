package dev.muster.inventory.source;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.audit.EntryFilter;
import dev.muster.audit.stats.PageTally;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryRow;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the rows of an inventory as an audit counts the entries of listings. Memory grows with buckets, never with rows.
 */
public final class InventoryTally {
    /** Columns that are counted. */
    public static final Set<InventoryColumn> COLUMNS = Set.copyOf(EnumSet.complementOf(EnumSet.of(
            InventoryColumn.E_TAG,
            InventoryColumn.VERSION_ID,
            InventoryColumn.IS_MULTIPART_UPLOADED,
            InventoryColumn.CHECKSUM_ALGORITHM,
            InventoryColumn.OWNER)));

    /** Storage class of objects whose inventory does not tell: an audit's are STANDARD then, but here it may be any. */
    private static final String UNKNOWN_CLASS = "UNKNOWN";

    private final TallySettings terms;
    private final boolean versions;
    private final Optional<EntryFilter> filter;
    private final Map<BucketId, PageTally> tallies = new TreeMap<>();
    private final AuditPartial partial = new AuditPartial();
    private BucketId bucket;
    private PageTally tally;
    private boolean versionsTold;

    /**
     * A tally of nothing yet.
     *
     * @param versions whether noncurrent versions and delete markers count
     */
    public InventoryTally(TallySettings terms, boolean versions, Optional<EntryFilter> filter) {
        this.terms = terms;
        this.versions = versions;
        this.filter = filter;
    }

    /** Counts a row. */
    public void add(InventoryRow row) {
        choose(row);
        boolean marker = Boolean.TRUE.equals(row.isDeleteMarker());
        boolean current = !Boolean.FALSE.equals(row.isLatest());
        versionsTold |= row.isLatest() != null;
        if ((!versions && (marker || !current)) || !counts(row, marker)) {
            return;
        }
        byte[] key = row.key().bytes();
        long size = row.size() == null ? ListingEntry.UNKNOWN_SIZE : row.size();
        if (marker) {
            tally.deleteMarker(key, key.length);
            return;
        } else if (row.size() == null) {
            tally.odd(row.key(), "the inventory does not tell its size", true);
        } else if (row.lastModifiedMillis() == null) {
            tally.odd(row.key(), "the inventory does not tell its date", false);
        }
        String storageClass = row.storageClass() == null ? UNKNOWN_CLASS : row.storageClass();
        if (current) {
            tally.object(key, 0, key.length, size, date(row), storageClass);
        } else {
            tally.noncurrentVersion(key, key.length, size, storageClass);
        }
    }

    private boolean counts(InventoryRow row, boolean marker) {
        if (filter.isEmpty()) {
            return true;
        }
        byte[] key = row.key().bytes();
        long size = row.size() == null ? ListingEntry.UNKNOWN_SIZE : row.size();
        EntryFilter.Verdict verdict = marker
                ? filter.get().withoutContent(key, key.length, date(row))
                : filter.get().of(key, key.length, size, date(row), row.storageClass());
        if (verdict == EntryFilter.Verdict.UNKNOWN) {
            tally.odd(row.key(), "it has no size or date in the inventory" + EntryFilter.UNDECIDED, true);
        }
        return verdict == EntryFilter.Verdict.COUNTS;
    }

    private static long date(InventoryRow row) {
        return row.lastModifiedMillis() == null ? ListingEntry.UNKNOWN_DATE : row.lastModifiedMillis();
    }

    /** Neighbours are mostly of one bucket. */
    private void choose(InventoryRow row) {
        String account = row.accountId() == null ? "" : row.accountId();
        if (bucket == null
                || !bucket.bucket().equals(row.bucket())
                || !bucket.account().equals(account)) {
            bucket = new BucketId(account, row.bucket());
            tally = tallies.computeIfAbsent(bucket, id -> {
                partial.bucket(id, new BucketFacts(row.region(), null));
                return new PageTally(terms);
            });
        }
    }

    /**
     * The sums, with a failure for each thing that the inventory lacks.
     *
     * @param place of the inventory, for messages
     */
    public AuditPartial partial(InventoryManifest manifest, String place) {
        String task = "read the inventory " + place;
        if (tallies.isEmpty() && !manifest.sourceBucket().isEmpty()) {
            partial.bucket(new BucketId("", manifest.sourceBucket()), BucketFacts.UNKNOWN);
        }
        tallies.forEach((id, found) -> {
            partial.tally(id, found.tally());
            if (versions && !versionsTold) {
                partial.failure(new AuditFailure(
                        AuditFailure.Gap.VERSIONS,
                        id.account(),
                        id.bucket(),
                        task,
                        "NoVersions",
                        "it does not tell versions; leave out --versions, or have an inventory of all versions made",
                        1));
            }
        });
        if (!manifest.complete()) {
            String account =
                    tallies.isEmpty() ? "" : tallies.keySet().iterator().next().account();
            partial.failure(new AuditFailure(
                    AuditFailure.Gap.ACCOUNT,
                    account,
                    null,
                    task,
                    "IncompleteInventory",
                    "the run that made it could not list everything; make it again",
                    1));
        }
        return partial;
    }
}
