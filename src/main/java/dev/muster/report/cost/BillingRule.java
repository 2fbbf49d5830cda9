package dev.muster.report.cost;

import dev.muster.audit.stats.ClassUsage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * Rules by which S3 bills the objects of a storage class, after <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html">Amazon's documentation</a>: the
 * classes for infrequent access and GLACIER_IR bill an object as 128 KB at least; GLACIER and DEEP_ARCHIVE bill 40 KB more
 * than its size, 8 KB of them at the price of STANDARD; INTELLIGENT_TIERING monitors objects of 128 KB or more.
 */
final class BillingRule {
    static final String STANDARD = "STANDARD";
    static final String INTELLIGENT_TIERING = "INTELLIGENT_TIERING";

    private static final Set<String> WITH_MINIMUM = Set.of("STANDARD_IA", "ONEZONE_IA", "GLACIER_IR");
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");
    private static final long INDEX_BYTES = 32 << 10;
    private static final long NAME_BYTES = 8 << 10;

    private BillingRule() {}

    /** The bytes that are billed, by the class whose price they have. */
    static Map<String, BigDecimal> bytes(String storageClass, ClassUsage usage) {
        BigDecimal stored = BigDecimal.valueOf(usage.bytes());
        if (WITH_MINIMUM.contains(storageClass)) {
            BigDecimal padded =
                    stored.subtract(BigDecimal.valueOf(usage.smallBytes())).add(times(usage.small(), ClassUsage.SMALL));
            return Map.of(storageClass, padded);
        } else if (ARCHIVES.contains(storageClass)) {
            return Map.of(
                    storageClass,
                    stored.add(times(usage.objects(), INDEX_BYTES)),
                    STANDARD,
                    times(usage.objects(), NAME_BYTES));
        }
        return Map.of(storageClass, stored);
    }

    /** The number of objects that are monitored for a fee. */
    static long monitored(String storageClass, ClassUsage usage) {
        return storageClass.equals(INTELLIGENT_TIERING) ? usage.objects() - usage.small() : 0;
    }

    /** Tells whether a small object is billed as more than its size. */
    static boolean billsMoreForSmall(String storageClass) {
        return WITH_MINIMUM.contains(storageClass) || ARCHIVES.contains(storageClass);
    }

    /** The least time in days that an object of a class is billed for. */
    static int minimumDays(String storageClass) {
        return switch (storageClass) {
            case "STANDARD_IA", "ONEZONE_IA" -> 30;
            case "GLACIER_IR", "GLACIER" -> 90;
            case "DEEP_ARCHIVE" -> 180;
            default -> 0;
        };
    }

    private static BigDecimal times(long objects, long bytes) {
        return BigDecimal.valueOf(objects).multiply(BigDecimal.valueOf(bytes));
    }
}
