package dev.muster.report;

import dev.muster.output.Json;
import dev.muster.report.saved.SavedPart;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Report in the export format of ncdu, which gdu reads too: accounts are directories, and so are
 * buckets and prefixes that are divided; what is not divided is a file. A bucket
 * that could not be counted is a directory with a read error.
 *
 * @see <a href="https://dev.yorhel.nl/ncdu/jsonfmt">the format, version 1.2</a>
 */
final class NcduReport {
    private final SavedReport report;

    NcduReport(SavedReport report) {
        this.report = report;
    }

    void write(Appendable out) throws IOException {
        Map<String, List<Object>> accounts = new LinkedHashMap<>();
        for (SavedRow row : report.accounts()) {
            directory(accounts, row);
        }
        for (SavedRow row : report.buckets()) {
            directory(accounts, row).add(bucket(row));
        }
        List<Object> root = new ArrayList<>(List.of(Map.of("name", "muster")));
        root.addAll(accounts.values());
        Map<String, Object> program = new LinkedHashMap<>();
        program.put("progname", "muster");
        program.put("progver", "0.1.0");
        program.put("timestamp", report.endedAt().getEpochSecond());
        Json.write(out, List.of(1, 2, program, root));
        out.append('\n');
    }

    private static List<Object> directory(Map<String, List<Object>> accounts, SavedRow row) {
        String name = row.accountId() == null ? "unknown account" : row.accountId();
        return accounts.computeIfAbsent(name, account -> {
            List<Object> directory = new ArrayList<>();
            directory.add(Map.of("name", account));
            return directory;
        });
    }

    private static Object bucket(SavedRow row) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("name", row.bucket());
        if (!row.counted()) {
            info.put("read_error", true);
            return List.of(info);
        }
        return item(new SavedPart(row.bucket(), row.bytes(), row.objects(), row.lastModified(), SavedPart.of(row)));
    }

    /** A directory with what is in it, or a file. A directory's size is that of its items. */
    private static Object item(SavedPart part) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("name", part.name());
        if (!part.parts().isEmpty()) {
            List<Object> directory = new ArrayList<>(List.of(info));
            part.parts().forEach(below -> directory.add(item(below)));
            return directory;
        }
        info.put("asize", part.bytes());
        info.put("dsize", part.bytes());
        return info;
    }
}
