package dev.muster.report;

import dev.muster.audit.prefix.PrefixNode;
import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.report.BreakdownView.GroupTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A line of a table of all buckets by group. The lines add up to the total of all buckets. */
record GroupLine(String name, ObjectSum sum) {
    private static final String OTHER = "(other)";
    private static final String UNKNOWN = "(unknown)";

    /** The tables that were asked for, by their labels. */
    static Map<String, List<GroupLine>> tables(AuditReport report) {
        Map<String, List<GroupLine>> tables = new LinkedHashMap<>();
        BreakdownView view = report.options().breakdown();
        for (GroupTable table : view.groups()) {
            tables.put(table.label(), inOrder(sums(report, table), view));
        }
        return tables;
    }

    private static Map<String, ObjectSum> sums(AuditReport report, GroupTable table) {
        Map<String, ObjectSum> sums = new TreeMap<>();
        switch (table.name()) {
            case "storage-class" -> sums.putAll(report.total().tally().storageClasses());
            case "account" ->
                report.accounts()
                        .forEach(row -> add(sums, row.account(), row.tally().current()));
            case "region" ->
                report.buckets()
                        .forEach(row -> add(
                                sums,
                                row.facts().region() == null ? "" : row.facts().region(),
                                row.tally().current()));
            case "prefix" ->
                report.buckets().forEach(row -> row.tally()
                        .prefixes()
                        .ifPresent(totals -> addPrefixes(sums, totals.tree(), table.level())));
            default -> {
                PrefixTotals totals = report.total().tally().tables().get(table.name());
                if (totals != null) {
                    PrefixNode root = totals.tree();
                    root.children().forEach(group -> add(sums, group.prefix().toString(), current(group)));
                    add(
                            sums,
                            OTHER,
                            new ObjectSum(root.other().objects(), root.other().bytes()));
                }
            }
        }
        sums.values().removeIf(ObjectSum.NONE::equals);
        return sums;
    }

    /** Adds the prefixes of a level; all that lies in none of them, or in none that is named, is other. */
    private static void addPrefixes(Map<String, ObjectSum> sums, PrefixNode node, int level) {
        if (node.level() == level) {
            add(sums, node.prefix().toString(), current(node));
            return;
        }
        add(sums, OTHER, new ObjectSum(node.direct().objects(), node.direct().bytes()));
        add(sums, OTHER, new ObjectSum(node.other().objects(), node.other().bytes()));
        node.children().forEach(child -> addPrefixes(sums, child, level));
    }

    private static ObjectSum current(PrefixNode node) {
        return new ObjectSum(node.total().objects(), node.total().bytes());
    }

    private static void add(Map<String, ObjectSum> sums, String name, ObjectSum sum) {
        sums.merge(name.isEmpty() ? UNKNOWN : name, sum, ObjectSum::plus);
    }

    private static List<GroupLine> inOrder(Map<String, ObjectSum> sums, BreakdownView view) {
        ObjectSum other = sums.getOrDefault(OTHER, ObjectSum.NONE);
        Comparator<GroupLine> largest = view.order() == PrefixOrder.OBJECTS
                ? Comparator.comparingLong(line -> -line.sum().objects())
                : Comparator.comparingLong(line -> -line.sum().bytes());
        List<GroupLine> ranked = sums.entrySet().stream()
                .filter(group -> !group.getKey().equals(OTHER))
                .map(group -> new GroupLine(group.getKey(), group.getValue()))
                .sorted(largest)
                .toList();
        int shown = view.top() == 0 ? ranked.size() : Math.min(view.top(), ranked.size());
        List<GroupLine> lines = new ArrayList<>(ranked.subList(0, shown));
        if (view.order() == PrefixOrder.NAME) {
            lines.sort(Comparator.comparing(GroupLine::name));
        }
        for (GroupLine line : ranked.subList(shown, ranked.size())) {
            other = other.plus(line.sum());
        }
        if (!other.equals(ObjectSum.NONE)) {
            lines.add(new GroupLine(OTHER, other));
        }
        return lines;
    }
}
