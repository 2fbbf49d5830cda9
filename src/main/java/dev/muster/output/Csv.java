package dev.muster.output;

import java.io.IOException;
import java.util.List;

/** Comma-separated values as in RFC 4180: lines end in CR LF; fields are quoted where they must be. */
public final class Csv {
    private Csv() {}

    /** Writes one record. A null field is written empty; others as their {@code toString}. */
    public static void record(Appendable out, List<?> fields) throws IOException {
        String separator = "";
        for (Object field : fields) {
            out.append(separator).append(field == null ? "" : quoted(field.toString()));
            separator = ",";
        }
        out.append("\r\n");
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
