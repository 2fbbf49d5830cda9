package dev.muster.report.browse;

import dev.muster.output.SizeUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Columns before the names: those that are asked for, as far as they leave room for a name. */
final class BrowserColumns {
    private static final int GRAPH_CELLS = 10;
    private static final int LEAST_NAME = 12;
    private static final String UNKNOWN = "-";

    /** A column besides the mark and the size, in order on the screen. */
    private enum Column {
        COUNT,
        AVERAGE,
        MODIFIED,
        SHARE,
        GRAPH
    }

    /** The columns in the order in which they are left out where the terminal is narrow. */
    private static final List<Column> DISPENSABLE =
            List.of(Column.SHARE, Column.GRAPH, Column.MODIFIED, Column.AVERAGE, Column.COUNT);

    private final Set<Column> wanted = EnumSet.of(Column.SHARE, Column.GRAPH);

    /** Shows or hides the columns of a key, if there are any. */
    void toggle(int key) {
        Set<Column> columns =
                switch (key) {
                    case 'g' -> EnumSet.of(Column.SHARE, Column.GRAPH);
                    case 'c' -> EnumSet.of(Column.COUNT);
                    case 'a' -> EnumSet.of(Column.AVERAGE);
                    case 'm' -> EnumSet.of(Column.MODIFIED);
                    default -> EnumSet.noneOf(Column.class);
                };
        if (!wanted.removeAll(columns)) {
            wanted.addAll(columns);
        }
    }

    /** Text before the name of a row of a node that has rows; it is as wide for each of them. */
    Function<EstateNode, String> of(EstateNode node, int width) {
        long most = largest(node, EstateNode::objects);
        long largest = largest(node, EstateNode::bytes);
        Set<Column> columns = EnumSet.noneOf(Column.class);
        columns.addAll(wanted);
        EstateNode any = node.nodes().get(0);
        for (Column column : DISPENSABLE) {
            if (width - line(any, node, columns, most, largest).length() < LEAST_NAME) {
                columns.remove(column);
            }
        }
        return row -> line(row, node, columns, most, largest);
    }

    private static long largest(EstateNode node, Function<EstateNode, Long> number) {
        return node.nodes().stream()
                .map(number)
                .filter(Objects::nonNull)
                .mapToLong(value -> value)
                .max()
                .orElse(0);
    }

    private static String line(EstateNode row, EstateNode parent, Set<Column> columns, long most, long largest) {
        StringBuilder line = new StringBuilder(row.problem() == null ? " " : "!");
        line.append(right(size(row.bytes()), 10));
        for (Column column : columns) {
            line.append(' ')
                    .append(
                            switch (column) {
                                case COUNT ->
                                    right(count(row.objects()), count(most).length());
                                case AVERAGE -> right(size(row.average()), 10);
                                case MODIFIED -> right(day(row), 10);
                                case SHARE -> String.format(Locale.ROOT, "%5.1f%%", 100 * row.share(parent));
                                case GRAPH -> graph(row, largest);
                            });
        }
        return line.append(row.nodes().isEmpty() ? "   " : " > ").toString();
    }

    /** A bar in proportion to the largest row. */
    private static String graph(EstateNode row, long largest) {
        double share = row.bytes() == null || largest == 0 ? 0 : Math.min(1, (double) row.bytes() / largest);
        int cells = (int) Math.round(GRAPH_CELLS * share);
        return "[" + "#".repeat(cells) + " ".repeat(GRAPH_CELLS - cells) + "]";
    }

    static String size(Long bytes) {
        return bytes == null ? UNKNOWN : SizeUnit.AUTO.format(bytes);
    }

    static String count(Long number) {
        return number == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", number);
    }

    static String day(EstateNode row) {
        return row.newest() == null ? UNKNOWN : row.newest().toString().substring(0, 10);
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
