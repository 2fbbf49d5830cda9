package dev.muster.output.html;

import static java.util.Objects.requireNonNull;

import dev.muster.output.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Page of totals and tables. Texts are as they came: the template escapes them.
 *
 * @param about a sentence about what the page shows
 * @param warnings sentences about what is missing; empty if nothing is
 * @param curve null for none
 */
public record TablePage(
        String title, String about, List<String> warnings, List<Total> totals, Curve curve, List<Table> tables) {
    public TablePage {
        requireNonNull(title, "title is null");
        requireNonNull(about, "about is null");
        warnings = List.copyOf(warnings);
        totals = List.copyOf(totals);
        tables = List.copyOf(tables);
    }

    /** A number at the top of the page; the note may be empty. */
    public record Total(String name, String value, String note) {}

    /**
     * A table that can be sorted and filtered.
     *
     * @param id unique in the page
     * @param noun name of its rows, in the plural
     */
    public record Table(String id, String title, String noun, List<Column> columns, List<Row> rows) {
        /** The number of rows that are shown, in words. */
        public String said() {
            String count = String.format(Locale.ROOT, "%,d", rows.size());
            return count + " of " + count + " " + noun;
        }
    }

    /**
     * Head of a column.
     *
     * @param classes for the style sheet: {@code n} for numbers, {@code i} for ids, {@code w} for wide texts, {@code o} for
     *     what phones leave out; null for none
     */
    public record Column(String title, String classes) {}

    /** A row; one that is marked needs attention. */
    public record Row(boolean marked, List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param classes as those of its column
     * @param key that it is sorted by, empty if it is not known; null for the text itself
     */
    public record Cell(String text, String classes, String key) {
        /** A text. */
        public static Cell text(String text) {
            return new Cell(text, null, null);
        }

        /** An id, which is not broken into lines. */
        public static Cell id(String text) {
            return new Cell(text, "i", null);
        }

        /** A text that needs some width to be read. */
        public static Cell wide(String text) {
            return new Cell(text, "w", null);
        }

        /** A text that phones leave out. */
        public static Cell aside(String text) {
            return new Cell(text, "o", null);
        }

        /**
         * A number, which is sorted by its value.
         *
         * @param number null if it is not known
         */
        public static Cell number(Long number, String text) {
            return new Cell(text, "n", number == null ? "" : number.toString());
        }
    }

    /** Values over time as a line. */
    public record Curve(String title, List<Point> points) {
        /** A value in bytes. */
        public record Point(Instant at, long bytes) {}

        /** The values as JSON that ends no script element. */
        public String json() {
            List<List<Object>> values = points.stream()
                    .map(point -> List.<Object>of(point.at().toString(), point.bytes()))
                    .toList();
            return Json.dumps(values).replace("<", "\\u003c");
        }

        public String script() {
            return PageAssets.text(Curve.class, "curve.js");
        }
    }

    public PageAssets assets() {
        return new PageAssets();
    }

    /** Writes the page. */
    public void write(Appendable out) throws IOException {
        HtmlTemplate.write("tables.jte", this, out);
    }
}
