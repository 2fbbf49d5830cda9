package dev.muster.inventory.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.compare.Difference.Field;
import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.SampleRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Set<Field> ALL = EnumSet.allOf(Field.class);

    @Property(tries = 300)
    void theMergeFindsWhatANaiveComparisonFinds(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Map<ObjectKey, InventoryRow> left = rows(random);
        Map<ObjectKey, InventoryRow> right = rows(random);
        Set<Field> fields = EnumSet.noneOf(Field.class);
        ALL.stream().filter(field -> random.nextBoolean()).forEach(fields::add);
        List<Difference> expected = new ArrayList<>();
        Set<ObjectKey> keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (ObjectKey key : keys) {
            InventoryRow a = left.get(key);
            InventoryRow b = right.get(key);
            Set<Field> different = EnumSet.noneOf(Field.class);
            if (a != null && b != null) {
                fields.stream().filter(field -> differs(field, a, b)).forEach(different::add);
            }
            if (a == null || b == null || !different.isEmpty()) {
                expected.add(new Difference(a, b, different));
            }
        }
        Comparison comparison = new Comparison(RowOrder.KEY, fields);
        List<Difference> found = new ArrayList<>();
        comparison.run(source(random, left), source(random, right), found::add);
        assertThat(found).isEqualTo(expected);
        assertThat(comparison.same()).isEqualTo(expected.isEmpty());
        assertThat(comparison.left().objects()).isEqualTo(left.size());
        assertThat(comparison.right().objects()).isEqualTo(right.size());
        assertThat(comparison.equal() + comparison.changed() + comparison.left().only())
                .isEqualTo(left.size());
        assertThat(comparison.left().only())
                .isEqualTo(expected.stream().filter(one -> one.right() == null).count());
    }

    /** A sorted source as it comes, or a shuffled one that is sorted in several runs. */
    private static RowCursor source(Random random, Map<ObjectKey, InventoryRow> rows) throws IOException {
        List<InventoryRow> list = new ArrayList<>(rows.values());
        if (random.nextBoolean()) {
            return SortedSource.of(cursor(list), true, RowOrder.KEY, "it");
        }
        Collections.shuffle(list, random);
        return SortedSource.sorted(cursor(list), RowOrder.KEY, 1_000);
    }

    private static boolean differs(Field field, InventoryRow a, InventoryRow b) {
        Object left = field == Field.SIZE ? a.size() : field == Field.ETAG ? a.eTag() : a.lastModifiedMillis();
        Object right = field == Field.SIZE ? b.size() : field == Field.ETAG ? b.eTag() : b.lastModifiedMillis();
        return left != null && right != null && !left.equals(right);
    }

    @Test
    void versionsThatAreNotCurrentAreNotCompared() throws IOException {
        InventoryRow current = row("a", true, false);
        RowCursor left = SortedSource.of(
                cursor(List.of(current, row("a", false, false), row("b", true, true))), true, RowOrder.KEY, "it");
        assertThat(left.next()).isEqualTo(current);
        assertThat(left.next()).isNull();
    }

    @Test
    void whatOneSideDoesNotKnowIsNeitherTheSameNorDifferent() throws IOException {
        Comparison comparison = new Comparison(RowOrder.KEY, ALL);
        comparison.run(
                cursor(List.of(SampleRows.bare("left", ObjectKey.of("a")))),
                cursor(List.of(row("a", true, false))),
                difference -> {});
        assertThat(comparison.same()).isTrue();
        assertThat(comparison.unknown(Field.SIZE)).isEqualTo(1);
        assertThat(comparison.unknown(Field.ETAG)).isEqualTo(1);
    }

    @Test
    void aSourceThatIsNotInTheOrderThatItClaimsIsRefused() throws IOException {
        RowCursor rows = SortedSource.of(
                cursor(List.of(row("b", true, false), row("a", true, false))), true, RowOrder.KEY, "it");
        rows.next();
        assertThatThrownBy(rows::next)
                .isInstanceOf(InventoryException.class)
                .hasMessage("it is not in order, though it says so: \"a\" comes behind \"b\"");
    }

    @Test
    void manyRunsAreMergedLevelByLevel() throws IOException {
        List<InventoryRow> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(SampleRows.bare("b", ObjectKey.of(String.format("%05d", i))));
        }
        List<InventoryRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(7));
        List<InventoryRow> sorted = new ArrayList<>();
        try (RowCursor cursor = SortedSource.sorted(cursor(shuffled), RowOrder.BUCKET_AND_KEY, 50_000)) {
            for (InventoryRow row = cursor.next(); row != null; row = cursor.next()) {
                sorted.add(row);
            }
        }
        assertThat(sorted).isEqualTo(rows);
    }

    @Property(tries = 200)
    void duplicatesAreThoseOfANaiveSearch(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<InventoryRow> rows = new ArrayList<>(rows(random).values());
        Map<String, Long> expected = new TreeMap<>();
        for (InventoryRow row : rows) {
            if (row.eTag() != null && row.size() != null && row.size() > 0) {
                expected.merge(row.eTag() + " " + row.size(), 1L, Long::sum);
            }
        }
        expected.values().removeIf(count -> count == 1);
        Collections.shuffle(rows, random);
        DuplicateSearch search = new DuplicateSearch();
        Map<String, Long> found = new TreeMap<>();
        search.run(cursor(rows), (row, first) -> found.merge(row.eTag() + " " + row.size(), 1L, Long::sum));
        assertThat(found).isEqualTo(expected);
        assertThat(search.groups()).isEqualTo(expected.size());
        assertThat(search.copies())
                .isEqualTo(
                        expected.values().stream().mapToLong(count -> count - 1).sum());
        assertThat(search.bytes())
                .isEqualTo(expected.entrySet().stream()
                        .mapToLong(entry -> (entry.getValue() - 1)
                                * Long.parseLong(
                                        entry.getKey().substring(entry.getKey().indexOf(' ') + 1)))
                        .sum());
        assertThat(search.objects()).isEqualTo(rows.size());
    }

    private static Map<ObjectKey, InventoryRow> rows(Random random) {
        Map<ObjectKey, InventoryRow> rows = new TreeMap<>();
        for (int i = 0; i < random.nextInt(30); i++) {
            ObjectKey key = ObjectKey.copyOf(new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(2)});
            rows.put(
                    key,
                    new InventoryRow(
                            "b",
                            key,
                            null,
                            null,
                            null,
                            maybe(random, (long) random.nextInt(3)),
                            maybe(random, (long) random.nextInt(2)),
                            maybe(random, "tag" + random.nextInt(3)),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        return rows;
    }

    private static <T> T maybe(Random random, T value) {
        return random.nextInt(6) == 0 ? null : value;
    }

    private static InventoryRow row(String key, boolean latest, boolean marker) {
        return new InventoryRow(
                "b", ObjectKey.of(key), "v", latest, marker, 1L, 0L, "e", null, null, null, null, null, null);
    }

    private static RowCursor cursor(List<InventoryRow> rows) {
        Iterator<InventoryRow> left = rows.iterator();
        return new RowCursor() {
            @Override
            public InventoryRow next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
