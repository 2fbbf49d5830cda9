package dev.muster.report.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.report.diff.Change.Amount;
import dev.muster.report.diff.ReportDiff.BucketKey;
import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import dev.muster.report.saved.SavedReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReportDiffTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-03-31T00:00:00Z");

    @Property(tries = 200)
    void everyChangeIsThatOfANaiveComparison(
            @ForAll("estates") List<Bucket> before, @ForAll("estates") List<Bucket> after) {
        ReportDiff diff = ReportDiff.of(GeneratedReports.of(MARCH, before), GeneratedReports.of(APRIL, after));

        assertSame(diff.buckets(), before, after, bucket -> new BucketKey(bucket.account(), bucket.name()));
        assertSame(diff.accounts(), before, after, Bucket::account);
        assertSame(diff.storageClasses(), before, after, Bucket::storageClass);
        assertThat(diff.total().bytes().getAsLong()).isEqualTo(bytes(after) - bytes(before));
        assertThat(diff.bytesPerDay().getAsLong())
                .isEqualTo(Math.round(Math.rint((bytes(after) - bytes(before)) / 30.0)));
    }

    @Provide
    static Arbitrary<List<Bucket>> estates() {
        Arbitrary<String> accounts = Arbitraries.of("111111111111", "222222222222");
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e");
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 1_000_000);
        return Combinators.combine(accounts, names, numbers, numbers, Arbitraries.of("STANDARD", "GLACIER"))
                .as((account, name, objects, bytes, storageClass) ->
                        new Bucket(account, name, objects, bytes, storageClass))
                .list()
                .ofMaxSize(8)
                .uniqueElements(bucket -> bucket.account() + bucket.name());
    }

    private static <K> void assertSame(
            List<Change<K>> changes, List<Bucket> before, List<Bucket> after, Function<Bucket, K> key) {
        Map<K, Long> left = sums(before, key);
        Map<K, Long> right = sums(after, key);
        Set<K> keys = new HashSet<>(left.keySet());
        keys.addAll(right.keySet());
        assertThat(changes).extracting(Change::key).containsExactlyInAnyOrderElementsOf(keys);
        long last = Long.MAX_VALUE;
        for (Change<K> change : changes) {
            long expected = right.getOrDefault(change.key(), 0L) - left.getOrDefault(change.key(), 0L);
            assertThat(change.bytes()).hasValue(expected);
            assertThat(change.isNew()).isEqualTo(!left.containsKey(change.key()));
            assertThat(change.isVanished()).isEqualTo(!right.containsKey(change.key()));
            assertThat(Math.abs(expected)).isLessThanOrEqualTo(last);
            last = Math.abs(expected);
        }
    }

    private static <K> Map<K, Long> sums(List<Bucket> buckets, Function<Bucket, K> key) {
        Map<K, Long> sums = new HashMap<>();
        buckets.forEach(bucket -> sums.merge(key.apply(bucket), bucket.bytes(), Long::sum));
        return sums;
    }

    private static long bytes(List<Bucket> buckets) {
        return buckets.stream().mapToLong(Bucket::bytes).sum();
    }

    @Test
    void aBucketThatCouldNotBeCountedHasNoChange() {
        ReportDiff diff = ReportDiff.of(
                GeneratedReports.of(MARCH, List.of(bucket("a", 5L))),
                GeneratedReports.of(APRIL, List.of(bucket("a", null))));

        assertThat(diff.complete()).isFalse();
        assertThat(diff.buckets()).singleElement().satisfies(change -> {
            assertThat(change.bytes()).isEmpty();
            assertThat(change.after()).isEqualTo(new Amount(null, null));
        });
        assertThat(diff.bytesPerDay()).isEmpty();
        assertThat(Growth.reaches(100, diff)).isEmpty();
    }

    @Test
    void aLimitIsReachedWhenThePaceSays() {
        assertThat(Growth.reaches(300, grown(100, 200))).contains(APRIL.plus(Duration.ofDays(30)));
        assertThat(Growth.reaches(200, grown(100, 200))).contains(APRIL);
        assertThat(Growth.reaches(300, grown(200, 200))).isEmpty();
        assertThat(Growth.reaches(300, grown(200, 100))).isEmpty();
        assertThat(Growth.reaches(Long.MAX_VALUE, grown(0, 1))).isEmpty();
    }

    @Test
    void reportsInTheWrongOrderAndOfOneRunAreRefused() {
        SavedReport march = GeneratedReports.of(MARCH, List.of());
        SavedReport april = GeneratedReports.of(APRIL, List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportDiff.of(april, march))
                .withMessageContaining("give the earlier one first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportDiff.of(march, march))
                .withMessageContaining("give two runs");
    }

    private static ReportDiff grown(long before, long after) {
        return ReportDiff.of(
                GeneratedReports.of(MARCH, List.of(bucket("a", before))),
                GeneratedReports.of(APRIL, List.of(bucket("a", after))));
    }

    private static Bucket bucket(String name, Long bytes) {
        return new Bucket("111111111111", name, 1L, bytes, "STANDARD");
    }
}
