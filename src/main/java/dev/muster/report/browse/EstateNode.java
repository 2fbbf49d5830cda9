package dev.muster.report.browse;

import static java.util.Objects.requireNonNull;

import dev.muster.report.saved.SavedPart;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Node of the tree that a report is about: the estate, an account, a bucket or a part of one. A number is null if it
 * is not known.
 *
 * @param newest latest modification of an object; null if it is not known
 * @param problem why the numbers are missing or too low; null if they are exact
 */
public record EstateNode(
        String name, Long bytes, Long objects, Instant newest, String problem, List<EstateNode> nodes) {
    public EstateNode {
        requireNonNull(name, "name is null");
        nodes = List.copyOf(nodes);
    }

    /** The tree of a report. Its root is the account where there is only one. */
    public static EstateNode of(SavedReport report) {
        Map<String, SavedRow> rows = new LinkedHashMap<>();
        Map<String, List<EstateNode>> buckets = new LinkedHashMap<>();
        for (SavedRow row : report.accounts()) {
            rows.put(account(row), row);
            buckets.put(account(row), new ArrayList<>());
        }
        for (SavedRow row : report.buckets()) {
            buckets.computeIfAbsent(account(row), id -> new ArrayList<>())
                    .add(of(row.bucket(), row, parts(SavedPart.of(row))));
        }
        List<EstateNode> accounts = new ArrayList<>();
        buckets.forEach((id, nodes) -> accounts.add(of(id, rows.getOrDefault(id, report.total()), nodes)));
        return accounts.size() == 1 ? accounts.get(0) : of("all accounts", report.total(), accounts);
    }

    private static String account(SavedRow row) {
        return row.accountId() == null ? "unknown account" : row.accountId();
    }

    private static EstateNode of(String name, SavedRow row, List<EstateNode> nodes) {
        return new EstateNode(name, row.bytes(), row.objects(), row.lastModified(), row.error(), nodes);
    }

    private static List<EstateNode> parts(List<SavedPart> parts) {
        return parts.stream()
                .map(part -> new EstateNode(
                        part.name(), part.bytes(), part.objects(), part.newest(), null, parts(part.parts())))
                .toList();
    }

    /** Average bytes of an object; null without objects. */
    Long average() {
        return bytes == null || objects == null || objects == 0 ? null : bytes / objects;
    }

    /** Share of the whole's bytes, from 0 to 1; 0 if it is not known. */
    double share(EstateNode whole) {
        return bytes == null || whole.bytes == null || whole.bytes == 0 ? 0 : (double) bytes / whole.bytes;
    }
}
