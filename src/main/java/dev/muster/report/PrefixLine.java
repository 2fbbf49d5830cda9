package dev.muster.report;

import dev.muster.audit.prefix.PrefixNode;
import dev.muster.audit.prefix.PrefixSum;
import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.aws.s3.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line of a table of prefixes. The lines below a prefix add up to it exactly.
 *
 * @param prefix the whole prefix; of {@code (other)} and {@code (direct)} the one that they are part of
 */
public record PrefixLine(Kind kind, ObjectKey prefix, int level, PrefixSum sum) {
    /** Kind of things that the sums are of. */
    public enum Kind {
        /** Everything that begins with the prefix. */
        PREFIX,
        /** Things directly in the prefix. */
        DIRECT,
        /** Prefixes right below that are not shown. */
        OTHER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The lines of a tree: a prefix, then those below it, in the order wanted. */
    static List<PrefixLine> of(PrefixTotals totals, BreakdownView view) {
        PrefixNode root = totals.tree();
        List<PrefixLine> lines = new ArrayList<>();
        double least = view.leastShare() * view.order().measure(root.total());
        add(root, view, least, lines);
        return lines;
    }

    private static void add(PrefixNode node, BreakdownView view, double least, List<PrefixLine> lines) {
        lines.add(new PrefixLine(Kind.PREFIX, node.prefix(), node.level(), node.total()));
        if (node.level() >= view.depth()) {
            return;
        }
        Comparator<PrefixNode> ranks =
                view.order() == PrefixOrder.OBJECTS ? PrefixOrder.OBJECTS.nodes() : PrefixOrder.BYTES.nodes();
        List<PrefixNode> shown = node.children().stream()
                .filter(child -> view.order().measure(child.total()) >= least)
                .sorted(ranks)
                .limit(view.top() == 0 ? Long.MAX_VALUE : view.top())
                .sorted(view.order().nodes())
                .toList();
        PrefixSum other = node.other();
        Set<ObjectKey> names = shown.stream().map(PrefixNode::prefix).collect(Collectors.toSet());
        for (PrefixNode child : node.children()) {
            other = names.contains(child.prefix()) ? other : other.plus(child.total());
        }
        shown.forEach(child -> add(child, view, least, lines));
        boolean divided = !shown.isEmpty() || !other.nothing();
        if (divided && !node.direct().nothing()) {
            lines.add(new PrefixLine(Kind.DIRECT, node.prefix(), node.level() + 1, node.direct()));
        }
        if (!other.nothing()) {
            lines.add(new PrefixLine(Kind.OTHER, node.prefix(), node.level() + 1, other));
        }
    }
}
