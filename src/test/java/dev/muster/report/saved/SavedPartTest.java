package dev.muster.report.saved;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavedPartTest {
    @Test
    void linesBecomeATreeWhosePartsAddUp() {
        List<SavedPart> parts = SavedPart.of(
                bucket("{\"kind\": \"prefix\", \"level\": 0, \"prefix\": \"\", \"bytes\": 20, \"objects\": 1},"
                        + "{\"kind\": \"prefix\", \"level\": 1, \"prefix\": \"a/\", \"bytes\": 12, \"objects\": 1},"
                        + "{\"kind\": \"prefix\", \"level\": 2, \"prefix\": \"a/b/\", \"bytes\": 7, \"objects\": 1},"
                        + "{\"kind\": \"direct\", \"level\": 2, \"prefix\": \"a/\", \"bytes\": 5, \"objects\": 1},"
                        + "{\"kind\": \"prefix\", \"level\": 1, \"prefix\": \"c/\", \"bytes\": 6, \"objects\": 2,"
                        + "\"newest\": \"2026-03-01T00:00:00Z\"},"
                        + "{\"kind\": \"other\", \"level\": 1, \"prefix\": \"\", \"bytes\": 2, \"objects\": 1}"));

        assertThat(parts)
                .containsExactly(
                        new SavedPart(
                                "a/",
                                12,
                                1,
                                null,
                                List.of(
                                        new SavedPart("b/", 7, 1, null, List.of()),
                                        new SavedPart("(direct)", 5, 1, null, List.of()))),
                        new SavedPart("c/", 6, 2, Instant.parse("2026-03-01T00:00:00Z"), List.of()),
                        new SavedPart("(other)", 2, 1, null, List.of()));
    }

    @Test
    void aBucketWithoutTotalsPerPrefixHasNoParts() {
        assertThat(SavedPart.of(bucket(""))).isEmpty();
    }

    private static SavedRow bucket(String prefixes) {
        return SavedReportReader.parse(
                        "{\"complete\": true, \"total\": {}, \"buckets\": [{\"bucket\": \"b\", \"prefixes\": ["
                                + prefixes + "]}]}")
                .buckets()
                .get(0);
    }
}
