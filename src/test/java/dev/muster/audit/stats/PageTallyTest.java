package dev.muster.audit.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.s3.ObjectKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PageTallyTest {
    private static final Set<Ranking> ALL = EnumSet.allOf(Ranking.class);
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Provide
    Arbitrary<List<SampleObject>> objects() {
        return SampleObject.lists();
    }

    @Property(tries = 500)
    void sumsAreThoseOfANaiveCount(@ForAll("objects") List<SampleObject> objects) {
        ObjectTally tally = SampleObject.tally(objects, new TallySettings(ALL, 3, SampleObject.AS_OF));
        assertThat(tally.current()).isEqualTo(sum(objects));
        assertThat(tally.newestMillis())
                .isEqualTo(objects.stream()
                        .mapToLong(SampleObject::lastModifiedMillis)
                        .max()
                        .orElse(Long.MIN_VALUE));
        assertThat(tally.oldestMillis())
                .isEqualTo(objects.stream()
                        .mapToLong(SampleObject::lastModifiedMillis)
                        .min()
                        .orElse(Long.MAX_VALUE));
        Map<String, List<SampleObject>> byClass = objects.stream().collect(groupingBy(SampleObject::storageClass));
        assertThat(tally.storageClasses()).hasSameSizeAs(byClass);
        byClass.forEach((name, members) -> assertThat(tally.storageClasses()).containsEntry(name, sum(members)));
    }

    @Property(tries = 500)
    void everyObjectIsInTheClassOfItsSizeAndOfItsAge(@ForAll("objects") List<SampleObject> objects) {
        ObjectTally tally = SampleObject.tally(objects, new TallySettings(Set.of(), 3, SampleObject.AS_OF));
        long least = 0;
        for (int i = 0; i < 63; i++) {
            long from = least;
            long below = 1L << i;
            assertThat(tally.sizes().count(i))
                    .isEqualTo(objects.stream()
                            .filter(object -> object.bytes() >= from && object.bytes() < below)
                            .count());
            least = below;
        }
        int[] days = {Integer.MIN_VALUE, 1, 7, 30, 90, 180, 365, 730, 1825, Integer.MAX_VALUE};
        for (int i = 0; i < 9; i++) {
            long from = days[i] * DAY;
            long below = days[i + 1] * DAY;
            assertThat(tally.ages().count(i))
                    .isEqualTo(objects.stream()
                            .mapToLong(object -> SampleObject.AS_OF.toEpochMilli() - object.lastModifiedMillis())
                            .filter(age -> age >= from && age < below)
                            .count());
        }
    }

    @Property(tries = 500)
    void listsAreThoseOfANaiveSort(
            @ForAll("objects") List<SampleObject> objects, @ForAll @IntRange(max = 12) int limit) {
        ObjectTally tally = SampleObject.tally(objects, new TallySettings(ALL, limit, SampleObject.AS_OF));
        Comparator<ObjectEntry> byDate = Comparator.comparingLong(ObjectEntry::lastModifiedMillis);
        Comparator<ObjectEntry> bySize = Comparator.comparingLong(ObjectEntry::bytes);
        assertThat(tally.lists())
                .isEqualTo(
                        limit == 0
                                ? Map.of()
                                : Map.of(
                                        Ranking.NEWEST, first(objects, byDate.reversed(), limit),
                                        Ranking.OLDEST, first(objects, byDate, limit),
                                        Ranking.LARGEST, first(objects, bySize.reversed(), limit),
                                        Ranking.SMALLEST, first(objects, bySize, limit)));
    }

    @Test
    void onlyTheListsAskedForAreKept() {
        SampleObject object = new SampleObject("key", 1, 2, "STANDARD");
        TallySettings terms = new TallySettings(Set.of(Ranking.LARGEST), 5, SampleObject.AS_OF);
        assertThat(SampleObject.tally(List.of(object), terms).lists())
                .isEqualTo(Map.of(Ranking.LARGEST, List.of(object.entry())));
    }

    @Test
    void aKeyIsKeptWhenThePageBufferIsReused() {
        PageTally tally = new PageTally(new TallySettings(ALL, 1, SampleObject.AS_OF));
        byte[] buffer = "first".getBytes(UTF_8);
        tally.object(buffer, 0, 5, 10, 20, "STANDARD");
        buffer[0] = 'X';
        assertThat(tally.tally().lists().get(Ranking.NEWEST).get(0).key().text())
                .isEqualTo("first");
    }

    @Test
    void anObjectWithoutAStorageClassIsStandard() {
        PageTally tally = new PageTally(new TallySettings(ALL, 1, SampleObject.AS_OF));
        tally.object(new byte[] {'k'}, 0, 1, 10, 20, null);
        assertThat(tally.tally().storageClasses()).isEqualTo(Map.of("STANDARD", new ObjectSum(1, 10)));
    }

    @Test
    void versionsAndUploadsAreCountedApartFromObjects() {
        PageTally page = new PageTally(new TallySettings(ALL, 1, SampleObject.AS_OF));
        page.noncurrentVersion(new byte[0], 0, 5, "STANDARD");
        page.noncurrentVersion(new byte[0], 0, 6, "STANDARD");
        page.deleteMarker(new byte[0], 0);
        page.upload(ObjectKey.of("u"), 2000);
        page.upload(ObjectKey.of("u"), 1000);
        page.uploadedParts(ObjectKey.of("u"), 70, 1000);
        ObjectTally tally = page.tally();
        assertThat(tally.noncurrent()).isEqualTo(new ObjectSum(2, 11));
        assertThat(tally.deleteMarkers()).isEqualTo(1);
        assertThat(tally.uploads()).isEqualTo(new UploadSum(2, 70, 1000));
        assertThat(tally.current()).isEqualTo(new ObjectSum(0, 0));
    }

    @Test
    void sizesThatNoServerCanMeanSaturateInsteadOfTurningNegative() {
        PageTally tally = new PageTally(new TallySettings(ALL, 1, SampleObject.AS_OF));
        tally.object(new byte[] {'a'}, 0, 1, Long.MAX_VALUE, 20, "STANDARD");
        tally.object(new byte[] {'b'}, 0, 1, 1, 20, "STANDARD");
        assertThat(tally.tally().current()).isEqualTo(new ObjectSum(2, Long.MAX_VALUE));
    }

    private static ObjectSum sum(List<SampleObject> objects) {
        return new ObjectSum(
                objects.size(), objects.stream().mapToLong(SampleObject::bytes).sum());
    }

    private static List<ObjectEntry> first(List<SampleObject> objects, Comparator<ObjectEntry> order, int limit) {
        return objects.stream()
                .map(SampleObject::entry)
                .sorted(order.thenComparing(ObjectEntry::key))
                .limit(limit)
                .toList();
    }
}
