package dev.muster.audit.stats;

import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import java.util.Arrays;
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
        this.lists = terms.limit() == 0
                ? new TopObjects[0]
                : Arrays.stream(Ranking.values())
                        .filter(terms.rankings()::contains)
                        .map(ranking -> new TopObjects(ranking, terms.limit()))
                        .toArray(TopObjects[]::new);
    }

    /**
     * Counts an object, or a current version.
     *
     * @param key holds the key's bytes, which are copied if they are kept
     * @param size in bytes, or {@link ListingEntry#UNKNOWN_SIZE}, which adds nothing
     * @param lastModifiedMillis epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}
     * @param storageClass null stands for STANDARD
     */
    public void object(byte[] key, int offset, int length, long size, long lastModifiedMillis, String storageClass) {
        boolean sized = size != ListingEntry.UNKNOWN_SIZE;
        boolean dated = lastModifiedMillis != ListingEntry.UNKNOWN_DATE;
        objects++;
        storageClasses.add(storageClass == null ? DEFAULT_STORAGE_CLASS : storageClass, sized ? size : 0);
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
    }

    /** Notes an entry that is counted although a value is missing or cannot be read. */
    public void odd(ObjectKey key, String problem, boolean inexact) {
        odd = odd.plus(OddEntries.of(key, problem, inexact));
    }

    /** Counts a version that is not the current one. */
    public void noncurrentVersion(long size) {
        noncurrent++;
        noncurrentBytes = Sums.add(noncurrentBytes, Math.max(0, size));
    }

    public void deleteMarker() {
        deleteMarkers++;
    }

    /**
     * Counts an incomplete multipart upload by its start in epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}.
     */
    public void upload(long initiatedMillis) {
        uploads++;
        if (initiatedMillis != ListingEntry.UNKNOWN_DATE) {
            oldestUploadMillis = Math.min(oldestUploadMillis, initiatedMillis);
        }
    }

    /** Adds the size of parts whose uploads are counted elsewhere. */
    public void uploadedParts(long size) {
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
                odd);
    }
}
