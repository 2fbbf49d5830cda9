package dev.muster.report.cost;

import dev.muster.audit.BucketId;
import dev.muster.audit.stats.BillingTally;
import dev.muster.audit.stats.ClassUsage;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.UploadSum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Buckets to bill, made from sums. */
final class SampleBuckets {
    static final String VIRGINIA = "us-east-1";
    static final CostTerms TERMS = new CostTerms(Optional.of(PriceTable.bundled()), "", "", true, true, false);

    private SampleBuckets() {}

    static BilledBucket bucket(String name, String region, Map<String, ClassUsage> current) {
        return bucket(new BucketId("111111111111", name), region, current, Map.of(), 0);
    }

    static BilledBucket bucket(
            BucketId id,
            String region,
            Map<String, ClassUsage> current,
            Map<String, ClassUsage> noncurrent,
            long uploadBytes) {
        BillingTally none = BillingTally.NONE;
        BillingTally billing = new BillingTally(
                new TreeMap<>(current),
                new TreeMap<>(noncurrent),
                none.standardObjects(),
                none.standardBytes(),
                ObjectSum.NONE,
                0);
        TreeMap<String, ObjectSum> classes = new TreeMap<>();
        current.forEach((name, usage) -> classes.put(name, new ObjectSum(usage.objects(), usage.bytes())));
        ObjectTally nothing = ObjectTally.NONE;
        ObjectTally tally = new ObjectTally(
                sum(current),
                nothing.newestMillis(),
                nothing.oldestMillis(),
                classes,
                nothing.sizes(),
                nothing.ages(),
                nothing.lists(),
                sum(noncurrent),
                0,
                new UploadSum(uploadBytes == 0 ? 0 : 1, uploadBytes, Long.MAX_VALUE),
                nothing.odd(),
                nothing.tables(),
                billing);
        return new BilledBucket(id, region, tally, true, true);
    }

    private static ObjectSum sum(Map<String, ClassUsage> usage) {
        ClassUsage all = usage.values().stream().reduce(ClassUsage.NONE, ClassUsage::plus);
        return new ObjectSum(all.objects(), all.bytes());
    }

    /** So many objects of a size. */
    static ClassUsage objects(long objects, long size) {
        boolean small = size < ClassUsage.SMALL;
        return new ClassUsage(objects, objects * size, small ? objects : 0, small ? objects * size : 0);
    }

    static EstateCost cost(BilledBucket... buckets) {
        return new EstateCost(TERMS, List.of(buckets), 0);
    }
}
