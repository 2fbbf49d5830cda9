package dev.muster.report.browse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Search for names in the order in which a tree is read: a node, then what is in it, then the next one. */
final class NodeSearch {
    private final Function<EstateNode, List<EstateNode>> rows;
    private final EstateNode from;
    private final String text;
    private final Deque<EstateNode> path = new ArrayDeque<>();
    private Optional<List<EstateNode>> first = Optional.empty();
    private boolean passed;

    private NodeSearch(Function<EstateNode, List<EstateNode>> rows, EstateNode from, String text) {
        this.rows = rows;
        this.from = from;
        this.text = text.toLowerCase(Locale.ROOT);
    }

    /**
     * The path below the root to the next node whose name contains a text, whatever the case; begins again at the root
     * behind the last one.
     *
     * @param rows gives what is in a node, in order
     * @param from the node behind which the search begins
     */
    static Optional<List<EstateNode>> next(
            EstateNode root, Function<EstateNode, List<EstateNode>> rows, Optional<EstateNode> from, String text) {
        NodeSearch search = new NodeSearch(rows, from.orElse(root), text);
        return search.in(root).or(() -> search.first);
    }

    @SuppressWarnings("ReferenceEquality") // nodes of several places may be equal
    private Optional<List<EstateNode>> in(EstateNode node) {
        for (EstateNode row : rows.apply(node)) {
            path.addLast(row);
            if (row.name().toLowerCase(Locale.ROOT).contains(text)) {
                if (passed) {
                    return Optional.of(List.copyOf(path));
                }
                first = first.or(() -> Optional.of(List.copyOf(path)));
            }
            passed |= row == from;
            Optional<List<EstateNode>> found = in(row);
            if (found.isPresent()) {
                return found;
            }
            path.removeLast();
        }
        return Optional.empty();
    }
}
