package dev.muster.report.html;

import dev.muster.output.Json;
import dev.muster.report.html.HtmlPage.Slice;
import dev.muster.report.saved.SavedPart;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Numbers of the charts of a page. What holds no bytes has no area and is left out. */
final class ChartData {
    private static final Comparator<Map<String, Object>> LARGEST_FIRST = Comparator.comparingLong(
                    (Map<String, Object> node) -> (Long) node.get("value"))
            .reversed();

    /** Parts of buckets on each level at most, which keeps the page small: those with less of the estate's bytes are one. */
    private static final long MOST_PARTS = 4_000;

    private final HtmlPage page;

    ChartData(HtmlPage page) {
        this.page = page;
    }

    /**
     * The numbers as JSON for a script element: the JSON is ASCII, and without {@code <}, so that no text of it can end the
     * element or begin a comment.
     */
    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tree", tree());
        fields.put("classes", rows(page.classes(), Slice::bytes));
        fields.put("ages", rows(page.ages(), Slice::objects));
        fields.put("sizes", rows(page.sizes(), Slice::objects));
        return Json.dumps(fields).replace("<", "\\u003c");
    }

    private Map<String, Object> tree() {
        SavedReport report = page.report();
        Map<String, List<Map<String, Object>>> byAccount = new LinkedHashMap<>();
        report.accounts().forEach(row -> byAccount.put(page.account(row), new ArrayList<>()));
        long least = Objects.requireNonNullElse(report.total().bytes(), 0L) / MOST_PARTS + 1;
        for (SavedRow row : report.buckets()) {
            if (row.counted() && row.bytes() > 0) {
                byAccount
                        .computeIfAbsent(page.account(row), account -> new ArrayList<>())
                        .add(node(row.bucket(), row.bytes(), parts(SavedPart.of(row), least)));
            }
        }
        List<Map<String, Object>> accounts = new ArrayList<>();
        byAccount.forEach((account, buckets) -> {
            long bytes =
                    buckets.stream().mapToLong(node -> (Long) node.get("value")).sum();
            if (bytes > 0) {
                accounts.add(node(account, bytes, buckets));
            }
        });
        if (accounts.size() == 1) {
            return accounts.get(0);
        }
        return node("All accounts", Objects.requireNonNullElse(report.total().bytes(), 0L), accounts);
    }

    /** Parts of a bucket; those that are too small to be seen are one. */
    private static List<Map<String, Object>> parts(List<SavedPart> parts, long least) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        long smaller = 0;
        for (SavedPart part : parts) {
            if (part.bytes() < least) {
                smaller += part.bytes();
            } else {
                nodes.add(node(part.name(), part.bytes(), parts(part.parts(), least)));
            }
        }
        if (smaller > 0 && !nodes.isEmpty()) {
            nodes.add(node("(smaller)", smaller, List.of()));
        }
        return nodes;
    }

    private static Map<String, Object> node(String name, long bytes, List<Map<String, Object>> children) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("name", name);
        node.put("value", bytes);
        if (!children.isEmpty()) {
            node.put("children", children.stream().sorted(LARGEST_FIRST).toList());
        }
        return node;
    }

    private static List<List<Object>> rows(List<Slice> slices, Function<Slice, Long> number) {
        return slices.stream()
                .map(slice -> List.<Object>of(slice.label(), number.apply(slice)))
                .toList();
    }
}
