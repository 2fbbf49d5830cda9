package dev.muster.audit.prefix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.aws.s3.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PrefixTotalsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** An object; its key is Latin-1 here, one byte a character, so that keys which are no UTF-8 are among them. */
    private record Thing(String key, long size, long date, String storageClass, char kind) {}

    /** A bucket, and how it is counted. */
    private record Case(List<Thing> things, String root, String delimiter, int depth, int most, long seed) {
        BreakdownSettings settings(int rows) {
            return new BreakdownSettings(root, delimiter, depth, Set.of(), rows);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "/", "//", "::", ":", "\u00ff", "\u00c3", "long-name", ".")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        Arbitrary<String> roots = Arbitraries.of("", "", "a", "a/", "/", "::");
        return Combinators.combine(
                        keys.list().ofMaxSize(60),
                        roots,
                        Arbitraries.of("/", "::", ":", "//", "a/"),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(4, 24),
                        Arbitraries.longs())
                .as((names, root, delimiter, depth, most, seed) ->
                        new Case(things(names, root, new Random(seed)), root, delimiter, depth, most, seed));
    }

    private static List<Thing> things(List<String> names, String root, Random random) {
        Set<ObjectKey> keys = new TreeSet<>();
        names.forEach(name -> keys.add(ObjectKey.copyOf((root + name).getBytes(StandardCharsets.ISO_8859_1))));
        return keys.stream()
                .map(key -> new Thing(
                        new String(key.bytes(), StandardCharsets.ISO_8859_1),
                        random.nextInt(5) == 0 ? random.nextInt(1000) : random.nextInt(3),
                        random.nextInt(100),
                        random.nextBoolean() ? "STANDARD" : "GLACIER",
                        "ooooonmup".charAt(random.nextInt(9))))
                .toList();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void withEnoughRoomEveryPrefixHasItsExactTotal(@ForAll("cases") Case given) {
        PrefixTotals totals = inPages(given, 10_000, false);

        Map<String, PrefixSum> named = new TreeMap<>();
        flatten(totals.tree(), named);
        assertThat(named).isEqualTo(naive(given));
        assertThat(totals.sizeError()).isZero();
        assertThat(totals.thingsError()).isZero();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void howeverItIsCutAndMergedTheSumIsExactAndNoPrefixLacksMoreThanTheBound(@ForAll("cases") Case given) {
        PrefixTotals totals = inPages(given, given.most(), true);
        Map<String, PrefixSum> truth = naive(given);

        Map<String, PrefixSum> named = new TreeMap<>();
        flatten(totals.tree(), named);
        assertThat(totals.tree().total()).isEqualTo(truth.get(given.root()));
        assertThat(named).hasSizeLessThanOrEqualTo(given.most() + 1);
        PrefixSum all = truth.get(given.root());
        assertThat(totals.sizeError()).isLessThanOrEqualTo(given.depth() * all.size() / (given.most() / 4 + 1));
        assertThat(totals.thingsError()).isLessThanOrEqualTo(given.depth() * all.things() / (given.most() / 4 + 1));
        truth.forEach((prefix, real) -> {
            PrefixSum told = named.getOrDefault(prefix, new PrefixSum());
            assertThat(real.size() - told.size()).as(prefix).isBetween(0L, totals.sizeError());
            assertThat(real.things() - told.things()).as(prefix).isBetween(0L, totals.thingsError());
        });
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aCheckpointGivesBackWhatWasWritten(@ForAll("cases") Case given) throws IOException {
        PrefixTotals totals = inPages(given, given.most(), true);

        PrefixTotals read = MAPPER.readValue(MAPPER.writeValueAsString(totals), PrefixTotals.class);

        assertThat(read).isEqualTo(totals);
        assertThat(read.tree()).isEqualTo(totals.tree());
    }

    /** A prefix that is listed late and in small pieces, after a bucket full of others that are each larger than a piece. */
    @Test
    void aLargePrefixIsNamedThoughItsPiecesAreSmallAndComeLast() {
        int most = 40;
        BreakdownSettings settings = new BreakdownSettings("", "/", 1, Set.of(), most);
        PrefixTotals totals = new PrefixTally(settings).totals();
        for (int i = 0; i < 5 * most; i++) {
            totals = totals.plus(page(settings, List.of(String.format("early-%03d/x", i)), 100));
        }
        for (int i = 0; i < 3_000; i++) {
            totals = totals.plus(page(settings, List.of("large/" + i, String.format("tiny-%04d/x", i)), 20));
        }

        Map<String, PrefixSum> named = new TreeMap<>();
        flatten(totals.tree(), named);
        assertThat(named).containsKey("large/");
        assertThat(60_000 - named.get("large/").size()).isLessThanOrEqualTo(totals.sizeError());
    }

    @Test
    void pagesOfAHugeTreeTakeNoMoreRoomThanThereArePlaces() throws IOException {
        BreakdownSettings settings = new BreakdownSettings("", "/", 100, Set.of(), 50);
        PrefixTotals page = page(settings, deepKeys(1_000), 1);
        PrefixTotals many = page;
        for (int i = 0; i < 50; i++) {
            many = many.plus(page);
        }

        assertThat(page.rows()).hasSize(51);
        assertThat(many.rows()).hasSize(51);
        assertThat(MAPPER.writeValueAsBytes(many).length).isLessThan(51 * 1_000);
        assertThat(many.tree().total().objects()).isEqualTo(51 * 1_000L);
    }

    private static List<String> deepKeys(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(String.format("%04d/", i) + "d/".repeat(90));
        }
        return keys;
    }

    @Test
    void keysThatPeopleFindOddHaveThePrefixesThatS3GivesThem() {
        assertThat(prefixes("/", 3, "a//b", "/lead", "a/", "a/b/c/d/e", "plain"))
                .containsExactly("", "/", "a/", "a//", "a/b/", "a/b/c/");
        assertThat(prefixes("::", 2, "a:::b", "x::y::z", "::")).containsExactly("", "::", "a::", "x::", "x::y::");
    }

    private static Set<String> prefixes(String delimiter, int depth, String... keys) {
        BreakdownSettings settings = new BreakdownSettings("", delimiter, depth, Set.of(), 100);
        Map<String, PrefixSum> named = new TreeMap<>();
        flatten(page(settings, List.of(keys), 1).tree(), named);
        return named.keySet();
    }

    @Test
    void whatIsInAPrefixItselfIsToldFromWhatIsBelow() {
        BreakdownSettings settings = new BreakdownSettings("", "/", 1, Set.of(), 4);
        PrefixNode root = page(settings, List.of("a/x", "a/b/y", "top"), 5).tree();

        assertThat(root.direct().objects()).isEqualTo(1);
        assertThat(root.other().nothing()).isTrue();
        assertThat(root.children()).singleElement().satisfies(a -> {
            assertThat(a.prefix()).isEqualTo(ObjectKey.of("a/"));
            assertThat(a.direct().objects()).as("deeper than was looked").isEqualTo(2);
        });
    }

    @Test
    void aPrefixTellsDatesClassesVersionsAndUploads() {
        BreakdownTally tally = new BreakdownTally(new BreakdownSettings("", "/", 1, Set.of(), 4), 0);
        byte[] key = "a/k".getBytes(UTF_8);
        tally.object(key, 0, 3, 5, 1_000, "GLACIER", "");
        tally.object(key, 0, 3, 7, 3_000, "STANDARD", "");
        tally.noncurrentVersion(key, 3, 11);
        tally.deleteMarker(key, 3);
        tally.upload(key);
        tally.uploadedParts(key, 13);

        PrefixSum sum = tally.tables().get("prefix").tree().children().get(0).total();
        assertThat(sum.newest()).contains(Instant.ofEpochMilli(3_000));
        assertThat(sum.oldest()).contains(Instant.ofEpochMilli(1_000));
        assertThat(sum.storageClasses())
                .isEqualTo(Map.of("GLACIER", new ObjectSum(1, 5), "STANDARD", new ObjectSum(1, 7)));
        assertThat(sum.noncurrent()).isEqualTo(new ObjectSum(1, 11));
        assertThat(sum.deleteMarkers()).isEqualTo(1);
        assertThat(sum.uploads()).isEqualTo(1);
        assertThat(sum.uploadBytes()).isEqualTo(13);
    }

    @Test
    void totalsThatAreNoTreeAreRefused() throws IOException {
        BreakdownSettings settings = new BreakdownSettings("", "/", 2, Set.of(), 4);
        String written = MAPPER.writeValueAsString(page(settings, List.of("a/b/c"), 1));
        String orphan = written.replaceFirst("\"level\":1", "\"level\":2");

        assertThat(orphan).isNotEqualTo(written);
        assertThatThrownBy(() -> MAPPER.readValue(orphan, PrefixTotals.class)).hasMessageContaining("parent");
    }

    private static PrefixTotals page(BreakdownSettings settings, List<String> keys, long size) {
        PrefixTally tally = new PrefixTally(settings);
        for (String key : keys) {
            byte[] bytes = key.getBytes(UTF_8);
            tally.of(bytes, 0, bytes.length).object(size, 0, "STANDARD");
        }
        return tally.totals();
    }

    /** Counts in pages of any length and order, in any grouping, some of them written and read again on the way. */
    private static PrefixTotals inPages(Case given, int most, boolean travelling) {
        Random random = new Random(given.seed());
        List<Thing> things = new ArrayList<>(given.things());
        if (random.nextInt(4) == 0) {
            Collections.shuffle(things, random);
        }
        List<PrefixTotals> parts = new ArrayList<>();
        for (int from = 0; from < things.size() || parts.isEmpty(); ) {
            int to = Math.min(things.size(), from + 1 + random.nextInt(12));
            PrefixTally tally = new PrefixTally(given.settings(most));
            things.subList(from, to).forEach(thing -> count(thing, tally));
            parts.add(tally.totals());
            from = to + (things.isEmpty() ? 1 : 0);
        }
        Collections.shuffle(parts, random);
        while (parts.size() > 1) {
            int at = random.nextInt(parts.size() - 1);
            PrefixTotals sum = parts.get(at).plus(parts.remove(at + 1));
            parts.set(at, travelling && random.nextBoolean() ? copy(sum) : sum);
        }
        return parts.get(0);
    }

    private static PrefixTotals copy(PrefixTotals totals) {
        try {
            return MAPPER.readValue(MAPPER.writeValueAsBytes(totals), PrefixTotals.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void count(Thing thing, PrefixTally tally) {
        byte[] padded = ("xx" + thing.key() + "/y").getBytes(StandardCharsets.ISO_8859_1);
        add(thing, tally.of(padded, 2, thing.key().length()));
    }

    private static void add(Thing thing, PrefixSum sum) {
        switch (thing.kind()) {
            case 'n' -> sum.noncurrentVersion(thing.size());
            case 'm' -> sum.deleteMarker();
            case 'u' -> sum.upload();
            case 'p' -> sum.uploadedParts(thing.size());
            default -> sum.object(thing.size(), thing.date(), thing.storageClass());
        }
    }

    /** The totals as anybody would count them, by text. */
    private static Map<String, PrefixSum> naive(Case given) {
        Map<String, PrefixSum> truth = new TreeMap<>();
        truth.put(given.root(), new PrefixSum());
        for (Thing thing : given.things()) {
            add(thing, truth.get(given.root()));
            int from = given.root().length();
            for (int level = 0; level < given.depth(); level++) {
                int at = thing.key().indexOf(given.delimiter(), from);
                if (at < 0) {
                    break;
                }
                from = at + given.delimiter().length();
                add(thing, truth.computeIfAbsent(thing.key().substring(0, from), prefix -> new PrefixSum()));
            }
        }
        return truth;
    }

    private static void flatten(PrefixNode node, Map<String, PrefixSum> totals) {
        totals.put(new String(node.prefix().bytes(), StandardCharsets.ISO_8859_1), node.total());
        node.children().forEach(child -> flatten(child, totals));
    }
}
