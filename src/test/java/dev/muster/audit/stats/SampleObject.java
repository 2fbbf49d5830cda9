package dev.muster.audit.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** An object as tests make it up. Sizes, dates and keys often collide, so that ties are met. */
public record SampleObject(String key, long bytes, long lastModifiedMillis, String storageClass) {
    public static final Instant AS_OF = Instant.parse("2026-03-01T00:00:00Z");

    public static Arbitrary<SampleObject> any() {
        Arbitrary<String> keys = Arbitraries.strings().ofMinLength(1).ofMaxLength(12);
        Arbitrary<String> closeKeys = Arbitraries.strings()
                .withChars("ab/\u00e9\ud83d")
                .ofMinLength(1)
                .ofMaxLength(4);
        Arbitrary<Long> sizes = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3), Arbitraries.longs().between(0, Long.MAX_VALUE / 1_000_000));
        Arbitrary<Long> dates = Arbitraries.oneOf(
                        Arbitraries.longs().between(-2, 5),
                        Arbitraries.longs().between(-1, 4000).map(days -> days * 86_400_000))
                .map(age -> AS_OF.toEpochMilli() - age);
        Arbitrary<String> classes = Arbitraries.of("STANDARD", "GLACIER", "DEEP_ARCHIVE", "STANDARD_IA", "A", "B");
        return Combinators.combine(Arbitraries.oneOf(keys, closeKeys), sizes, dates, classes)
                .as(SampleObject::new);
    }

    static Arbitrary<List<SampleObject>> lists() {
        return any().list().ofMaxSize(60).uniqueElements(object -> ObjectKey.of(object.key()));
    }

    ObjectEntry entry() {
        return new ObjectEntry(ObjectKey.of(key), bytes, lastModifiedMillis);
    }

    public static ObjectTally tally(Collection<SampleObject> objects, TallySettings terms) {
        PageTally tally = new PageTally(terms);
        for (SampleObject object : objects) {
            byte[] page = (">" + object.key() + "<").getBytes(UTF_8);
            tally.object(page, 1, page.length - 2, object.bytes(), object.lastModifiedMillis(), object.storageClass());
        }
        return tally.tally();
    }
}
