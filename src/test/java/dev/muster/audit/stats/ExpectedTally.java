package dev.muster.audit.stats;

import dev.muster.audit.PracticeAudit;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.keys.KeyGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * What an audit must find in a generated bucket, computed from the generator alone: no listing, no merging, and histograms
 * and lists by other means than the audit's.
 */
public final class ExpectedTally {
    private static final long[] AGE_BOUNDS_DAYS = {1, 7, 30, 90, 180, 365, 730, 1825};

    private ExpectedTally() {}

    public static ObjectTally of(KeyGenerator keys) {
        return of(keys, index -> true);
    }

    /** The tally of some of the objects. */
    public static ObjectTally of(KeyGenerator keys, LongPredicate wanted) {
        List<ObjectEntry> objects = new ArrayList<>();
        TreeMap<String, ObjectSum> classes = new TreeMap<>();
        LongStream.range(0, keys.size()).filter(wanted).forEach(index -> {
            long modified = 1000 * keys.modifiedSecond(index);
            objects.add(new ObjectEntry(ObjectKey.copyOf(keys.key(index)), keys.bytes(index), modified));
            classes.merge(
                    keys.storageClass(index).name(),
                    new ObjectSum(1, keys.bytes(index)),
                    (a, b) -> new ObjectSum(a.objects() + b.objects(), a.bytes() + b.bytes()));
        });
        return new ObjectTally(
                new ObjectSum(
                        objects.size(),
                        objects.stream().mapToLong(ObjectEntry::bytes).sum()),
                objects.stream()
                        .mapToLong(ObjectEntry::lastModifiedMillis)
                        .max()
                        .orElse(Long.MIN_VALUE),
                objects.stream()
                        .mapToLong(ObjectEntry::lastModifiedMillis)
                        .min()
                        .orElse(Long.MAX_VALUE),
                classes,
                sizes(objects),
                ages(objects),
                lists(objects),
                ObjectSum.NONE,
                0,
                UploadSum.NONE,
                OddEntries.NONE,
                new TreeMap<>(),
                BillingTally.NONE);
    }

    private static Histogram sizes(List<ObjectEntry> objects) {
        long[] counts = new long[64];
        for (ObjectEntry object : objects) {
            int index = 0;
            while (index < 63 && object.bytes() >= 1L << index) {
                index++;
            }
            counts[index]++;
        }
        return new Histogram(counts);
    }

    private static Histogram ages(List<ObjectEntry> objects) {
        long[] counts = new long[AGE_BOUNDS_DAYS.length + 1];
        for (ObjectEntry object : objects) {
            long days = Duration.ofMillis(PracticeAudit.AS_OF.toEpochMilli() - object.lastModifiedMillis())
                    .toDays();
            counts[
                    (int) Arrays.stream(AGE_BOUNDS_DAYS)
                            .filter(bound -> days >= bound)
                            .count()]++;
        }
        return new Histogram(counts);
    }

    private static Map<Ranking, List<ObjectEntry>> lists(List<ObjectEntry> objects) {
        Comparator<ObjectEntry> byDate = Comparator.comparing(ObjectEntry::lastModifiedMillis);
        Comparator<ObjectEntry> bySize = Comparator.comparing(ObjectEntry::bytes);
        Map<Ranking, List<ObjectEntry>> lists = new EnumMap<>(Ranking.class);
        lists.put(Ranking.NEWEST, first(objects, byDate.reversed()));
        lists.put(Ranking.OLDEST, first(objects, byDate));
        lists.put(Ranking.LARGEST, first(objects, bySize.reversed()));
        lists.put(Ranking.SMALLEST, first(objects, bySize));
        return lists;
    }

    private static List<ObjectEntry> first(List<ObjectEntry> objects, Comparator<ObjectEntry> order) {
        return objects.stream()
                .sorted(order.thenComparing(ObjectEntry::key))
                .limit(PracticeAudit.LIST_LIMIT)
                .toList();
    }
}
