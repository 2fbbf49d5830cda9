package dev.muster.audit.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.split.SplitPolicy.SplitDecision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Whatever the keys, the demand and the server do, each key is listed exactly once, and listing ends. */
@Tag("slow")
final class SplitPolicyPropertyTest {
    private static final int[][] ALPHABETS = {
        "ab".codePoints().toArray(),
        "0123456789/".codePoints().toArray(),
        "0123456789abcdef-".codePoints().toArray(),
        {1, 9, 10, ' ', '/', '0', 0x7F, 0x85, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF},
        "абвгд/я0".codePoints().toArray()
    };

    private static final int[] UTF_16_TELLS = {
        'a', 'b', 'c', '/', 0x444, 0xE000, 0xFF21, 0xFFFD, 0x1F600, 0x1F601, 0x10348
    };

    @Property(tries = 400)
    void everyKeyIsListedExactlyOnceAndListingEnds(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3000) int size) {
        Random random = new Random(seed);
        NavigableSet<String> keys = keys(random, size);
        Bucket bucket = new Bucket(keys, 1 + random.nextInt(60), random);
        Map<String, Integer> listed = new HashMap<>();
        KeyDistribution knowledge = new KeyDistribution();
        SplitPolicy policy = new SplitPolicy();
        List<KeyRange> ranges = new ArrayList<>(List.of(KeyRange.ALL));
        int requests = 0;
        while (!ranges.isEmpty()) {
            assertThat(++requests).isLessThanOrEqualTo(100 + 4 * size);
            if (random.nextInt(200) == 0) {
                knowledge = new KeyDistribution();
            }
            KeyRange range = ranges.remove(random.nextInt(ranges.size()));
            List<String> page = new ArrayList<>();
            ListedPage shown = bucket.list(range, page);
            page.forEach(key -> listed.merge(key, 1, Integer::sum));
            SplitDecision cuts = policy.next(knowledge, range, shown, random.nextInt(70));
            assertThatRestIsCovered(range, page, shown, cuts.ranges());
            ranges.addAll(cuts.ranges());
            for (Probe probe : cuts.probes()) {
                List<String> names = random.nextInt(8) == 0 ? List.of("", "a") : bucket.names(probe);
                policy.probed(knowledge, probe, names, random.nextInt(4) == 0);
            }
        }
        assertThat(listed.keySet()).isEqualTo(keys);
        assertThat(listed.values()).allMatch(times -> times == 1);
    }

    /** As the reader does, a key that is not after the one before it, or not after the start, ends the listing. */
    @Property(tries = 400)
    void aServerThatOrdersAsUtf16IsNoticedOrShowsEachKeyOnce(@ForAll long seed) {
        Random random = new Random(seed);
        NavigableSet<String> keys = new TreeSet<>();
        for (int i = random.nextInt(1500); i > 0; i--) {
            keys.add(word(random, UTF_16_TELLS, 1 + random.nextInt(6)));
        }
        Map<String, Integer> listed = new HashMap<>();
        KeyDistribution knowledge = new KeyDistribution();
        SplitPolicy policy = new SplitPolicy();
        List<KeyRange> ranges = new ArrayList<>(List.of(KeyRange.ALL));
        int pageSize = 1 + random.nextInt(60);
        while (!ranges.isEmpty()) {
            KeyRange range = ranges.remove(random.nextInt(ranges.size()));
            List<String> shown =
                    keys.tailSet(range.after(), false).stream().limit(pageSize).toList();
            if (isDisordered(range.after(), shown)) {
                return;
            }
            List<String> page = shown.stream().filter(range::contains).toList();
            page.forEach(key -> listed.merge(key, 1, Integer::sum));
            boolean more = shown.size() == pageSize
                    && !shown.get(pageSize - 1).equals(keys.last())
                    && page.size() == pageSize
                    && !page.get(pageSize - 1).equals(range.upTo());
            ranges.addAll(policy.next(knowledge, range, new ListedPage(page.size(), page, more), random.nextInt(70))
                    .ranges());
        }
        assertThat(listed.keySet()).isEqualTo(keys);
        assertThat(listed.values()).allMatch(times -> times == 1);
    }

    private static boolean isDisordered(String after, List<String> shown) {
        String before = after;
        for (String key : shown) {
            if (Keys.compare(before, key) >= 0) {
                return true;
            }
            before = key;
        }
        return false;
    }

    @Property(tries = 300)
    void keysCompareAsTheirUtf8BytesDo(@ForAll long seed) {
        List<String> keys = new ArrayList<>(keys(new Random(seed), 50));
        for (int i = 1; i < keys.size(); i++) {
            byte[] left = keys.get(i - 1).getBytes(StandardCharsets.UTF_8);
            byte[] right = keys.get(i).getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.compareUnsigned(left, right)).isNegative();
        }
    }

    private static void assertThatRestIsCovered(
            KeyRange range, List<String> page, ListedPage shown, List<KeyRange> next) {
        if (!shown.more()) {
            assertThat(next).isEmpty();
            return;
        }
        String after = page.get(page.size() - 1);
        for (KeyRange piece : next) {
            assertThat(piece.after()).isEqualTo(after);
            after = piece.upTo();
            assertThatServersAcceptIt(after, range.upTo(), page.get(page.size() - 1));
        }
        assertThat(after).isEqualTo(range.upTo());
    }

    /** Where it departs from the last listed key, a cut has no symbol that UTF-16 puts behind some of those it precedes. */
    private static void assertThatServersAcceptIt(String cut, String given, String listed) {
        if (!cut.equals(given)) {
            int shared = Math.max(0, Arrays.mismatch(cut.toCharArray(), listed.toCharArray()));
            assertThat(cut.substring(Math.min(shared, cut.length())).chars()).allMatch(unit -> unit < 0xE000);
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
            assertThat(cut.codePoints()).noneMatch(symbol -> symbol == 0xFFFE || symbol == 0xFFFF || symbol == 0);
        }
    }

    private static NavigableSet<String> keys(Random random, int size) {
        int[] alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
        String prefix = random.nextBoolean() ? "" : word(random, alphabet, random.nextInt(200));
        int length = 1 + random.nextInt(30);
        NavigableSet<String> keys = new TreeSet<>(Keys::compare);
        for (int i = 0; i < size; i++) {
            keys.add(prefix + word(random, alphabet, 1 + random.nextInt(length)));
        }
        return keys;
    }

    private static String word(Random random, int[] alphabet, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return word.toString();
    }

    /** Answers with truncated pages shorter than asked for now and then, as real servers do. */
    private record Bucket(NavigableSet<String> keys, int pageSize, Random random) {
        ListedPage list(KeyRange range, List<String> page) {
            int most = random.nextInt(5) == 0 ? 1 + random.nextInt(pageSize) : pageSize;
            boolean more = false;
            int seen = 0;
            for (String key : keys.tailSet(range.after(), false)) {
                boolean inRange = range.contains(key);
                if (seen++ == most || !inRange) {
                    more = inRange;
                    break;
                }
                page.add(key);
            }
            if (!page.isEmpty() && page.get(page.size() - 1).equals(range.upTo())) {
                more = false;
            }
            List<String> sample = new ArrayList<>();
            for (int i = 0; i < page.size(); i++) {
                if (i == 0 || i == page.size() - 1 || i % 8 == 0) {
                    sample.add(page.get(i));
                }
            }
            return new ListedPage(page.size(), sample, more);
        }

        List<String> names(Probe probe) {
            NavigableSet<String> names = new TreeSet<>(Keys::compare);
            for (String key : keys) {
                int end = key.indexOf(Probe.DELIMITER, probe.prefix().length());
                if (key.startsWith(probe.prefix()) && end >= 0) {
                    names.add(key.substring(0, end + 1));
                }
            }
            return List.copyOf(names);
        }
    }
}
