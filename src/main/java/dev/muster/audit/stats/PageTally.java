package dev.muster.audit.stats;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the objects of one page as they are read: the innermost loop of an audit. It allocates for a page, never for an
 * object. Not for concurrent use.
 */
public final class PageTally {
    /** The storage class of objects whose listing names none: the API's default. */
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
     * @param key holds the key's bytes; copied where they are kept
     * @param size the object's size in bytes; not negative
     * @param lastModifiedMillis epoch milliseconds
     * @param storageClass null stands for STANDARD
     */
    public void object(byte[] key, int offset, int length, long size, long lastModifiedMillis, String storageClass) {
        sizes[SizeClasses.of(size)]++;
        ages[AgeClasses.of(asOfMillis - lastModifiedMillis)]++;
        objects++;
        bytes = Sums.add(bytes, size);
        newestMillis = Math.max(newestMillis, lastModifiedMillis);
        oldestMillis = Math.min(oldestMillis, lastModifiedMillis);
        storageClasses.add(storageClass == null ? DEFAULT_STORAGE_CLASS : storageClass, size);
        for (TopObjects list : lists) {
            list.offer(key, offset, length, size, lastModifiedMillis);
        }
    }

    /** Counts a version that is not the current one. */
    public void noncurrentVersion(long size) {
        noncurrent++;
        noncurrentBytes = Sums.add(noncurrentBytes, size);
    }

    public void deleteMarker() {
        deleteMarkers++;
    }

    /** Counts an incomplete multipart upload, begun at an instant in epoch milliseconds. */
    public void upload(long initiatedMillis) {
        uploads++;
        oldestUploadMillis = Math.min(oldestUploadMillis, initiatedMillis);
    }

    /** Adds the size of parts of uploads that are counted elsewhere. */
    public void uploadedParts(long size) {
        uploadBytes = Sums.add(uploadBytes, size);
    }

    /** What was counted so far. */
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
                new UploadSum(uploads, uploadBytes, oldestUploadMillis));
    }
}
