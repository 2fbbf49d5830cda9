package dev.muster.audit.prefix;

import dev.muster.aws.s3.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A prefix with all below it.
 *
 * @param total the sum of {@code direct}, {@code other} and the totals of the children
 * @param direct what has no longer prefix, or lies deeper than was looked
 * @param other what is below, under no name of its own
 * @param children the prefixes right below that are named, in byte order
 */
public record PrefixNode(
        ObjectKey prefix, int level, PrefixSum total, PrefixSum direct, PrefixSum other, List<PrefixNode> children) {
    public PrefixNode {
        children = List.copyOf(children);
    }

    /** The tree of rows in byte order, the root first. */
    static PrefixNode tree(List<PrefixRow> rows) {
        List<List<PrefixNode>> open = new ArrayList<>();
        for (int i = rows.size() - 1; i >= 0; i--) {
            PrefixRow row = rows.get(i);
            while (open.size() <= row.level() + 1) {
                open.add(new ArrayList<>());
            }
            List<PrefixNode> children = open.get(row.level() + 1);
            List<PrefixNode> inOrder = new ArrayList<>(children);
            Collections.reverse(inOrder);
            children.clear();
            PrefixSum other = row.other() == null ? new PrefixSum() : row.other();
            PrefixSum total = row.own();
            for (PrefixNode child : inOrder) {
                total = total.plus(child.total());
            }
            open.get(row.level())
                    .add(new PrefixNode(
                            ObjectKey.copyOf(row.prefix()), row.level(), total, row.direct(), other, inOrder));
        }
        return open.get(0).get(0);
    }
}
