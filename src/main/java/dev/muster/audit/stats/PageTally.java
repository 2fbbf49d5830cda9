package dev.muster.audit.stats;

import dev.muster.audit.prefix.BreakdownTally;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the objects of one page as they are read: the innermost loop of an audit. It allocates per page, never per
 * object. Not for concurrent use.
 */
public final class PageTally {
    /** Storage class of objects whose listing names none: the API's default. */
    private static final String DEFAULT_STORAGE_CLASS = "STANDARD";

    private final long asOfMillis;
    /** Null where no table is asked for. */
    private final BreakdownTally breakdown;

    /** Null where no bill is asked for. */
    private final BillingCounter billing;

    private final TopObjects[] lists;
    private final StorageClassTally storageClasses = new StorageClassTally();
    private final long[] sizes = new long[SizeClasses.COUNT];
    private final long[] ages = new long[AgeClasses.COUNT];
    private long objects;
    private long bytes;
    private long newestMillis = Long.MIN_VALUE;
    private long oldestMillis = Long.MAX_VALUE;
    private long noncurrent;
    private long noncurrentBytes;
    private long deleteMarkers;
    private long uploads;
    private long uploadBytes;
    private long oldestUploadMillis = Long.MAX_VALUE;
    private OddEntries odd = OddEntries.NONE;

    public PageTally(TallySettings terms) {
        this.asOfMillis = terms.asOf().toEpochMilli();
        this.breakdown = terms.breakdown().nothing() ? null : new BreakdownTally(terms.breakdown(), asOfMillis);
        this.billing = terms.billing() ? new BillingCounter(asOfMillis) : null;
        this.lists = terms.limit() == 0
                ? new TopObjects[0]
                : Arrays.stream(Ranking.values())
                        .filter(terms.rankings()::contains)
                        .map(ranking -> new TopObjects(ranking, terms.limit()))
                        .toArray(TopObjects[]::new);
    }

    /** Counts an object whose owner is unknown. */
    public void object(byte[] key, int offset, int length, long size, long lastModifiedMillis, String storageClass) {
        object(key, offset, length, size, lastModifiedMillis, storageClass, "");
    }

    /**
     * Counts an object, or a current version.
     *
     * @param key holds the key's bytes, which are copied if they are kept
     * @param size in bytes, or {@link ListingEntry#UNKNOWN_SIZE}, which adds nothing
     * @param lastModifiedMillis epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}
     * @param storageClass null stands for STANDARD
     * @param owner empty if it is unknown
     */
    public void object(
            byte[] key, int offset, int length, long size, long lastModifiedMillis, String storageClass, String owner) {
        String knownClass = storageClass == null ? DEFAULT_STORAGE_CLASS : storageClass;
        boolean sized = size != ListingEntry.UNKNOWN_SIZE;
        boolean dated = lastModifiedMillis != ListingEntry.UNKNOWN_DATE;
        objects++;
        storageClasses.add(knownClass, size);
        if (sized) {
            sizes[SizeClasses.of(size)]++;
            bytes = Sums.add(bytes, size);
        }
        if (dated) {
            ages[AgeClasses.of(asOfMillis - lastModifiedMillis)]++;
            newestMillis = Math.max(newestMillis, lastModifiedMillis);
            oldestMillis = Math.min(oldestMillis, lastModifiedMillis);
        }
        for (TopObjects list : lists) {
            if (list.ranking().byDate() ? dated : sized) {
                list.offer(key, offset, length, size, lastModifiedMillis);
            }
        }
        if (billing != null && sized && dated) {
            billing.object(size, lastModifiedMillis, knownClass);
        }
        if (breakdown != null) {
            breakdown.object(key, offset, length, size, lastModifiedMillis, knownClass, owner);
        }
    }

    /** Notes an entry that is counted although a value is missing or cannot be read. */
    public void odd(ObjectKey key, String problem, boolean inexact) {
        odd = odd.plus(OddEntries.of(key, problem, inexact));
    }

    /** Counts a version that is not the current one; the key begins at index 0. */
    public void noncurrentVersion(byte[] key, int length, long size, String storageClass) {
        if (breakdown != null) {
            breakdown.noncurrentVersion(key, length, size);
        }
        if (billing != null) {
            billing.noncurrentVersion(size, storageClass);
        }
        noncurrent++;
        noncurrentBytes = Sums.add(noncurrentBytes, Math.max(0, size));
    }

    /** Counts a delete marker; the key begins at index 0. */
    public void deleteMarker(byte[] key, int length) {
        if (breakdown != null) {
            breakdown.deleteMarker(key, length);
        }
        deleteMarkers++;
    }

    /**
     * Counts an incomplete multipart upload by its start in epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}.
     */
    public void upload(ObjectKey key, long initiatedMillis) {
        if (breakdown != null) {
            breakdown.upload(key.bytes());
        }
        if (billing != null) {
            billing.upload(initiatedMillis);
        }
        uploads++;
        if (initiatedMillis != ListingEntry.UNKNOWN_DATE) {
            oldestUploadMillis = Math.min(oldestUploadMillis, initiatedMillis);
        }
    }

    /** Adds the size of parts whose upload, with its start in epoch milliseconds, is counted elsewhere. */
    public void uploadedParts(ObjectKey key, long size, long initiatedMillis) {
        if (breakdown != null) {
            breakdown.uploadedParts(key.bytes(), size);
        }
        if (billing != null) {
            billing.uploadedParts(Math.max(0, size), initiatedMillis);
        }
        uploadBytes = Sums.add(uploadBytes, Math.max(0, size));
    }

    /** Tally so far. */
    public ObjectTally tally() {
        Map<Ranking, List<ObjectEntry>> top = new EnumMap<>(Ranking.class);
        for (TopObjects list : lists) {
            top.put(list.ranking(), list.entries());
        }
        return new ObjectTally(
                new ObjectSum(objects, bytes),
                newestMillis,
                oldestMillis,
                storageClasses.sums(),
                new Histogram(sizes),
                new Histogram(ages),
                top,
                new ObjectSum(noncurrent, noncurrentBytes),
                deleteMarkers,
                new UploadSum(uploads, uploadBytes, oldestUploadMillis),
                odd,
                breakdown == null ? Collections.emptySortedMap() : breakdown.tables(),
                billing == null ? BillingTally.NONE : billing.tally(storageClasses.usage()));
    }
}
