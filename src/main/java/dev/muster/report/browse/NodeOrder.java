package dev.muster.report.browse;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Order of the nodes on a screen: ascending by name, the largest or latest first by anything else. */
enum NodeOrder {
    NAME("name"),
    SIZE("size"),
    COUNT("objects"),
    AVERAGE("average size"),
    MODIFIED("date");

    private final String label;

    NodeOrder(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The nodes in this order or in its reverse; equal ones by name. */
    List<EstateNode> sorted(List<EstateNode> nodes, boolean reverse) {
        Comparator<EstateNode> wanted = reverse ? comparator().reversed() : comparator();
        return nodes.stream().sorted(wanted.thenComparing(EstateNode::name)).toList();
    }

    private Comparator<EstateNode> comparator() {
        return switch (this) {
            case NAME -> comparing(EstateNode::name);
            case SIZE -> greatestFirst(EstateNode::bytes);
            case COUNT -> greatestFirst(EstateNode::objects);
            case AVERAGE -> greatestFirst(EstateNode::average);
            case MODIFIED -> greatestFirst(EstateNode::newest);
        };
    }

    private static <T extends Comparable<? super T>> Comparator<EstateNode> greatestFirst(
            Function<EstateNode, T> field) {
        return comparing(field, nullsFirst(naturalOrder())).reversed();
    }
}
