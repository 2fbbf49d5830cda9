package dev.muster.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditPlan;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditScope;
import dev.muster.audit.AuditSummary;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.RangeEdges;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Keys;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.Histogram;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Account of buckets that exist only as their answers: what an audit does without network and server. */
final class GeneratedEstate implements Executor<AuditTask, AuditResult> {
    private static final int BUCKETS_PER_PAGE = 1000;
    private static final int KEYS_PER_PAGE = 1000;
    private static final int SAMPLE = 64;
    private static final int DIGITS = 12;
    private static final long DATE = 1_700_000_000_000L;
    private static final AuditScope SCOPE = new AuditScope(
            "123456789012",
            Optional.empty(),
            List.of(),
            BucketFilter.ALL,
            "",
            false,
            false,
            false,
            Duration.ofMinutes(5));

    private final int buckets;
    private final long keys;

    GeneratedEstate(int buckets, long keysPerBucket) {
        this.buckets = buckets;
        this.keys = keysPerBucket;
    }

    /** The audit of an estate, with an executor that may watch over this one. */
    static Job<AuditTask, AuditResult, AuditPartial> audit(Executor<AuditTask, AuditResult> executor) {
        return new Job<>(
                "audit",
                new TreeMap<>(),
                plan(),
                executor,
                new AuditSummary(0, BucketFilter.ALL),
                Output.none(),
                AuditTask.class,
                AuditPartial.class);
    }

    static AuditPlan plan() {
        return new AuditPlan(SCOPE, "us-east-1", DATE, ProfileStore.NONE);
    }

    static Config config(int workers) {
        return ConfigFactory.parseMap(Map.of("muster.workers", workers, "muster.engine.checkpoint-interval", "1h"))
                .withFallback(ConfigFactory.load());
    }

    @Override
    public CompletableFuture<AuditResult> execute(AuditTask task) {
        return CompletableFuture.completedFuture(answer(task));
    }

    AuditResult answer(AuditTask task) {
        if (task instanceof AuditTask.ListBuckets list) {
            return buckets(list);
        } else if (task instanceof AuditTask.ListRange list) {
            return pages(list);
        }
        return new AuditResult.Names(List.of(), true);
    }

    private AuditResult buckets(AuditTask.ListBuckets list) {
        int from = list.token().map(token -> Integer.parseInt(token.text())).orElse(0);
        int end = Math.min(buckets, from + BUCKETS_PER_PAGE);
        List<AuditResult.NamedBucket> named = IntStream.range(from, end)
                .mapToObj(number -> new AuditResult.NamedBucket(
                        "team-data-" + key(number), Optional.of("us-east-1"), Optional.of(DATE), Optional.empty(), ""))
                .toList();
        String next = Integer.toString(end);
        return new AuditResult.Buckets(
                named, end < buckets ? Optional.of(new AuditTask.PageToken(next, "", 0, 1, next)) : Optional.empty());
    }

    private AuditResult pages(AuditTask.ListRange list) {
        AuditResult.Objects all = page(list.range());
        while (all.page().more() && all.page().requests() < list.pages()) {
            KeyRange rest = new KeyRange(all.page().last(), list.range().upTo());
            all = all.followedBy(page(rest), 0);
        }
        return all;
    }

    private AuditResult.Objects page(KeyRange range) {
        long from = indexAfter(range.after());
        long stop = range.bounded() ? indexAfter(range.upTo()) : keys;
        long end = Math.min(stop, from + KEYS_PER_PAGE);
        boolean more = end < stop;
        boolean last = from + KEYS_PER_PAGE >= keys;
        List<String> sample = new ArrayList<>();
        for (long at = from; at < end; at += SAMPLE) {
            sample.add(key(at));
        }
        if (end > from && (end - 1 - from) % SAMPLE != 0) {
            sample.add(key(end - 1));
        }
        Optional<String> beyond =
                end == stop && from + KEYS_PER_PAGE > stop && stop < keys ? Optional.of(key(stop)) : Optional.empty();
        return new AuditResult.Objects(
                tally(end - from),
                new ListedPage(end - from, sample, more),
                new RangeEdges(first(sample), last(sample), beyond, last),
                Optional.empty(),
                false);
    }

    private static Optional<String> first(List<String> sample) {
        return sample.stream().findFirst();
    }

    private static Optional<String> last(List<String> sample) {
        return sample.isEmpty() ? Optional.empty() : Optional.of(sample.get(sample.size() - 1));
    }

    private static ObjectTally tally(long objects) {
        SortedMap<String, ObjectSum> classes = new TreeMap<>(Map.of("STANDARD", new ObjectSum(objects, 10 * objects)));
        return new ObjectTally(
                new ObjectSum(objects, 10 * objects),
                DATE,
                DATE,
                objects == 0 ? new TreeMap<>() : classes,
                new Histogram(new long[] {0, objects}),
                new Histogram(new long[] {0, 0, objects}),
                Map.of(),
                ObjectSum.NONE,
                0,
                ObjectTally.NONE.uploads(),
                ObjectTally.NONE.odd(),
                new TreeMap<>(),
                ObjectTally.NONE.billing());
    }

    private long indexAfter(String key) {
        long low = 0;
        long high = keys;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Keys.compare(key(middle), key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static String key(long index) {
        byte[] digits = new byte[DIGITS];
        long rest = index;
        for (int at = DIGITS - 1; at >= 0; at--) {
            digits[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }
}
