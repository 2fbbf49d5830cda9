package dev.muster.inventory.compare;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.output.Csv;
import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Format in which differences are written. */
public enum DifferenceFormat {
    TEXT,
    JSONL,
    CSV;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of(
            "difference",
            "bucket",
            "key",
            "left_size",
            "right_size",
            "left_e_tag",
            "right_e_tag",
            "left_last_modified_date",
            "right_last_modified_date");

    /** A comparison that is still to be made. */
    @FunctionalInterface
    public interface Source {
        void run(Comparison.Sink sink) throws IOException;
    }

    /**
     * Makes a comparison and writes it.
     *
     * @param comparison has the sums once the source has run
     */
    public void write(Appendable out, Source source, Comparison comparison) throws IOException {
        switch (this) {
            case TEXT -> {
                source.run(difference -> {});
                table(comparison).write(out, Integer.MAX_VALUE, List.of());
            }
            case JSONL -> source.run(difference -> out.append(json(difference)).append('\n'));
            case CSV -> {
                Csv.record(out, COLUMNS);
                source.run(difference -> csv(out, difference));
            }
        }
    }

    /** The sums in one sentence. */
    public static String sentence(Comparison comparison) {
        return "only left " + comparison.left().only() + ", only right "
                + comparison.right().only() + ", different " + comparison.changed() + ", the same "
                + Plural.counted(comparison.equal(), "object");
    }

    private static TextTable table(Comparison comparison) {
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT)
                .row("", "Objects", "Size")
                .row("only left", number(comparison.left().only()), size(comparison.left()))
                .row("only right", number(comparison.right().only()), size(comparison.right()))
                .row("different", number(comparison.changed()), "");
        for (Difference.Field field : Difference.Field.values()) {
            if (comparison.differing(field) > 0) {
                table.row("  in " + field.label(), number(comparison.differing(field)), "");
            }
        }
        return table.row("the same", number(comparison.equal()), "");
    }

    private static String number(long count) {
        return Long.toString(count);
    }

    private static String size(Comparison.Side side) {
        return SizeUnit.AUTO.format(side.onlyBytes());
    }

    private static String name(Difference difference) {
        if (difference.left() == null) {
            return "only_right";
        } else if (difference.right() == null) {
            return "only_left";
        }
        return difference.fields().stream()
                .sorted()
                .map(Difference.Field::label)
                .collect(joining(" "));
    }

    private static String json(Difference difference) {
        ObjectNode line = JSON.createObjectNode();
        line.put("difference", name(difference));
        line.put("bucket", difference.either().bucket());
        ObjectKey key = difference.either().key();
        if (key.isText()) {
            line.put("key", key.text());
        } else {
            line.put("key_base64", Base64.getEncoder().encodeToString(key.bytes()));
        }
        put(line, "left", difference.left());
        put(line, "right", difference.right());
        return line.toString();
    }

    private static void put(ObjectNode line, String side, InventoryRow row) {
        if (row != null) {
            ObjectNode facts = line.putObject(side);
            facts.put("size", row.size());
            facts.put("e_tag", row.eTag());
            facts.put("last_modified_date", date(row));
        }
    }

    private static void csv(Appendable out, Difference difference) throws IOException {
        InventoryRow left = difference.left();
        InventoryRow right = difference.right();
        Csv.record(
                out,
                Arrays.asList(
                        name(difference),
                        difference.either().bucket(),
                        difference.either().key(),
                        left == null ? null : left.size(),
                        right == null ? null : right.size(),
                        left == null ? null : left.eTag(),
                        right == null ? null : right.eTag(),
                        date(left),
                        date(right)));
    }

    private static String date(InventoryRow row) {
        return row == null || row.lastModifiedMillis() == null
                ? null
                : Instant.ofEpochMilli(row.lastModifiedMillis()).toString();
    }
}
