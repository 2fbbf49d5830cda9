package dev.muster.audit.stats;

import dev.muster.aws.s3.ListingEntry;
import java.time.Duration;
import java.util.SortedMap;

/** Counts what a bill needs while a page is read, beyond what every audit counts. Not for concurrent use. */
final class BillingCounter {
    private static final String STANDARD = "STANDARD";
    private static final long STALE_MILLIS =
            Duration.ofDays(BillingTally.STALE_DAYS).toMillis();

    private final long asOfMillis;
    private final StorageClassTally noncurrent = new StorageClassTally();
    private final long[] standardObjects = new long[AgeClasses.COUNT];
    private final long[] standardBytes = new long[AgeClasses.COUNT];
    private long staleUploads;
    private long staleBytes;

    BillingCounter(long asOfMillis) {
        this.asOfMillis = asOfMillis;
    }

    /** Takes a current object whose size and date are known. */
    void object(long size, long lastModifiedMillis, String storageClass) {
        if (size >= ClassUsage.SMALL && storageClass.equals(STANDARD)) {
            int age = AgeClasses.of(asOfMillis - lastModifiedMillis);
            standardObjects[age]++;
            standardBytes[age] = Sums.add(standardBytes[age], size);
        }
    }

    void noncurrentVersion(long size, String storageClass) {
        noncurrent.add(storageClass, size);
    }

    void upload(long initiatedMillis) {
        staleUploads += isStale(initiatedMillis) ? 1 : 0;
    }

    void uploadedParts(long size, long initiatedMillis) {
        staleBytes = isStale(initiatedMillis) ? Sums.add(staleBytes, size) : staleBytes;
    }

    /** An upload whose start is not known is not called stale. */
    private boolean isStale(long initiatedMillis) {
        return initiatedMillis != ListingEntry.UNKNOWN_DATE && asOfMillis - initiatedMillis >= STALE_MILLIS;
    }

    /** @param current what every audit counts by storage class */
    BillingTally tally(SortedMap<String, ClassUsage> current) {
        return new BillingTally(
                current,
                noncurrent.usage(),
                new Histogram(standardObjects),
                new Histogram(standardBytes),
                new ObjectSum(staleUploads, staleBytes),
                0);
    }
}
