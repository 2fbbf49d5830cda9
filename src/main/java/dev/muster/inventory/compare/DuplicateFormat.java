package dev.muster.inventory.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.output.Csv;
import dev.muster.output.SizeUnit;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** Format in which duplicates are written. The lines of a group stand together, and the first says so. */
public enum DuplicateFormat {
    TEXT,
    JSONL,
    CSV;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of("e_tag", "size", "first", "bucket", "key");

    /** A search that is still to be made. */
    @FunctionalInterface
    public interface Source {
        void run(DuplicateSearch.Sink sink) throws IOException;
    }

    /**
     * Makes a search and writes what it finds.
     *
     * @param search has the sums once the source has run
     */
    public void write(Appendable out, Source source, DuplicateSearch search) throws IOException {
        switch (this) {
            case TEXT -> {
                source.run((row, first) -> {});
                new TextTable(Align.LEFT, Align.RIGHT)
                        .row("objects", Long.toString(search.objects()))
                        .row("contents that are there several times", Long.toString(search.groups()))
                        .row("copies that could be spared", Long.toString(search.copies()))
                        .row("bytes that this would save", SizeUnit.AUTO.format(search.bytes()))
                        .write(out, Integer.MAX_VALUE, List.of());
            }
            case JSONL ->
                source.run((row, first) -> out.append(json(row, first)).append('\n'));
            case CSV -> {
                Csv.record(out, COLUMNS);
                source.run((row, first) ->
                        Csv.record(out, List.of(row.eTag(), row.size(), first, row.bucket(), row.key())));
            }
        }
    }

    private static String json(InventoryRow row, boolean first) {
        ObjectNode line = JSON.createObjectNode();
        line.put("e_tag", row.eTag());
        line.put("size", row.size());
        line.put("first", first);
        line.put("bucket", row.bucket());
        ObjectKey key = row.key();
        if (key.isText()) {
            line.put("key", key.text());
        } else {
            line.put("key_base64", Base64.getEncoder().encodeToString(key.bytes()));
        }
        return line.toString();
    }
}
