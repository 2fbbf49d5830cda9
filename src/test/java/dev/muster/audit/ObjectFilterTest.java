package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.EntryFilter.KeyGlob;
import dev.muster.audit.EntryFilter.Verdict;
import dev.muster.audit.ObjectFilter.TimeLimit;
import dev.muster.aws.s3.ListingEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ObjectFilterTest {
    private static final long AS_OF = Instant.parse("2026-01-31T00:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void bothEndsOfASizeBelongToIt() {
        EntryFilter filter = ofSize(10, 20);

        assertThat(List.of(9L, 10L, 20L, 21L))
                .extracting(size -> filter.of(bytes("k"), 1, size, AS_OF, "STANDARD"))
                .containsExactly(Verdict.PASSED_OVER, Verdict.COUNTS, Verdict.COUNTS, Verdict.PASSED_OVER);
    }

    @Test
    void anObjectIsEitherOlderOrNewer() {
        TimeLimit limit = new TimeLimit("1d", Duration.ofDays(1), null);
        EntryFilter older = ofTime(Optional.of(limit), Optional.empty());
        EntryFilter newer = ofTime(Optional.empty(), Optional.of(limit));

        for (long date = AS_OF - 26 * HOUR; date <= AS_OF + 2 * HOUR; date += HOUR) {
            boolean old = AS_OF - date > 24 * HOUR;
            assertThat(older.of(bytes("k"), 1, 1, date, "STANDARD")).isEqualTo(verdict(old));
            assertThat(newer.of(bytes("k"), 1, 1, date, "STANDARD")).isEqualTo(verdict(!old));
        }
    }

    @Test
    void aDateDoesNotDependOnTheStartOfTheRun() {
        TimeLimit limit = new TimeLimit("2026-01-01", null, Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(limit.at(0)).isEqualTo(limit.at(AS_OF));
    }

    @Test
    void aStorageClassIsKnownInAnyCase() {
        EntryFilter filter = filter(List.of("glacier"), List.of(), List.of());

        assertThat(filter.of(bytes("k"), 1, 1, AS_OF, "GLACIER")).isEqualTo(Verdict.COUNTS);
        assertThat(filter.of(bytes("k"), 1, 1, AS_OF, "GLACIER_IR")).isEqualTo(Verdict.PASSED_OVER);
    }

    @Test
    void aKeyThatIsExcludedDoesNotCountThoughItIsIncluded() {
        EntryFilter filter = filter(List.of(), List.of("*.log", "a/*"), List.of("*/secret.*"));

        assertThat(List.of("x.log", "a/b", "b/c", "a/secret.log"))
                .extracting(key -> filter.of(bytes(key), bytes(key).length, 1, AS_OF, "STANDARD"))
                .containsExactly(Verdict.COUNTS, Verdict.COUNTS, Verdict.PASSED_OVER, Verdict.PASSED_OVER);
    }

    @Test
    void anEntryWithoutTheValueThatItDependsOnIsUndecidedUnlessAnotherValueDecides() {
        EntryFilter filter = new ObjectFilter(
                        10, 20, Optional.empty(), Optional.empty(), List.of(), List.of("a*"), List.of())
                .at(AS_OF)
                .orElseThrow();

        assertThat(filter.of(bytes("a"), 1, ListingEntry.UNKNOWN_SIZE, AS_OF, "STANDARD"))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(filter.of(bytes("b"), 1, ListingEntry.UNKNOWN_SIZE, AS_OF, "STANDARD"))
                .isEqualTo(Verdict.PASSED_OVER);
        assertThat(filter.of(bytes(""), 0, 15, AS_OF, "STANDARD")).isEqualTo(Verdict.UNKNOWN);
        assertThat(filter.of(bytes("a"), 1, 15, ListingEntry.UNKNOWN_DATE, "STANDARD"))
                .as("nobody asked for its date")
                .isEqualTo(Verdict.COUNTS);
    }

    @Test
    void aDeleteMarkerHasNeitherSizeNorStorageClass() {
        assertThat(ofSize(0, 20).withoutContent(bytes("a"), 1, AS_OF)).isEqualTo(Verdict.PASSED_OVER);
        assertThat(filter(List.of(), List.of("a"), List.of()).withoutContent(bytes("a"), 1, AS_OF))
                .isEqualTo(Verdict.COUNTS);
    }

    @Test
    void aByteThatIsNoUtf8IsACharacter() {
        byte[] key = {'a', (byte) 0xFF, (byte) 0xC3, 'b'};

        assertThat(new KeyGlob("a??b").matches(key, key.length)).isTrue();
        assertThat(new KeyGlob("a?b").matches(key, key.length)).isFalse();
        assertThat(new KeyGlob("a*b").matches(key, key.length)).isTrue();
    }

    @Test
    void aGlobOfManyStarsTakesNoLongTime() {
        byte[] key = bytes("a".repeat(1024));

        assertThat(new KeyGlob("*a".repeat(200) + "b").matches(key, key.length)).isFalse();
    }

    @Property(tries = 500)
    void aGlobMatchesAsARegularExpressionDoes(
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'b') String plain,
            @ForAll @StringLength(max = 8) @CharRange(from = '\u00e9', to = '\u00ea') String other,
            @ForAll long seed) {
        StringBuilder glob = new StringBuilder();
        StringBuilder regex = new StringBuilder();
        Random random = new Random(seed);
        String key = plain + other;
        for (int i = random.nextInt(7); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> append(glob, regex, "*", ".*");
                case 1 -> append(glob, regex, "?", ".");
                default -> {
                    String text = String.valueOf("ab\u00e9\u00ea".charAt(random.nextInt(4)));
                    append(glob, regex, text, Pattern.quote(text));
                }
            }
        }
        byte[] bytes = bytes(key);

        assertThat(new KeyGlob(glob.toString()).matches(bytes, bytes.length))
                .as("%s on %s", glob, key)
                .isEqualTo(key.matches(regex.toString()));
    }

    private static void append(StringBuilder glob, StringBuilder regex, String ofGlob, String ofRegex) {
        glob.append(ofGlob);
        regex.append(ofRegex);
    }

    private static EntryFilter ofSize(long least, long most) {
        return new ObjectFilter(least, most, Optional.empty(), Optional.empty(), List.of(), List.of(), List.of())
                .at(AS_OF)
                .orElseThrow();
    }

    private static EntryFilter ofTime(Optional<TimeLimit> olderThan, Optional<TimeLimit> newerThan) {
        return new ObjectFilter(0, Long.MAX_VALUE, olderThan, newerThan, List.of(), List.of(), List.of())
                .at(AS_OF)
                .orElseThrow();
    }

    private static EntryFilter filter(List<String> classes, List<String> include, List<String> exclude) {
        return new ObjectFilter(0, Long.MAX_VALUE, Optional.empty(), Optional.empty(), classes, include, exclude)
                .at(AS_OF)
                .orElseThrow();
    }

    private static Verdict verdict(boolean counts) {
        return counts ? Verdict.COUNTS : Verdict.PASSED_OVER;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
