package dev.muster.report;

import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.output.Csv;
import dev.muster.report.AuditReport.BucketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of {@code muster du}: prefixes of buckets and their totals, and nothing else. */
public final class PrefixReport {
    private final AuditReport report;
    private final ReportOptions options;

    public PrefixReport(AuditReport report) {
        this.report = report;
        this.options = report.options();
    }

    public void write(AuditFormat format, Appendable out) throws IOException {
        switch (format) {
            case TEXT -> writeText(out);
            case JSON -> new JsonReport(report).write(out);
            case CSV -> writeCsv(out);
            case HTML -> AuditFormat.HTML.write(report, out);
        }
    }

    private void writeText(Appendable out) throws IOException {
        TextReport.writeBanner(report, out, "", "\n");
        PrefixTable table = new PrefixTable(report);
        List<String> doubts = new ArrayList<>();
        for (BucketRow row : report.buckets()) {
            String place = "s3://" + row.id().bucket() + "/";
            Optional<PrefixTotals> totals = row.tally().prefixes();
            if (totals.isPresent() && row.standing().counted()) {
                table.add(totals.get(), place, row.facts().region());
                String doubt = PrefixTable.doubt(totals.get(), options.unit());
                doubts.add(doubt.isEmpty() ? "" : place + ": " + doubt + "\n");
            } else {
                table.unknown(place, row.standing().status());
            }
        }
        table.write(out, "");
        String doubt = String.join("", doubts);
        out.append(doubt.isEmpty() ? "" : "\n" + doubt);
        new TextDetails(options.unit()).writeGroups(out, GroupLine.tables(report));
        TextReport.writeFilter(report, out, "\n", "");
        TextReport.writeBanner(report, out, "\n", "");
    }

    /** A record per line of the table; of a bucket that could not be read, one without numbers. */
    private void writeCsv(Appendable out) throws IOException {
        PrefixTotals nothing = PrefixTotals.none();
        Csv.record(out, header(PrefixLine.of(nothing, options.breakdown()).get(0)));
        for (BucketRow row : report.buckets()) {
            Optional<PrefixTotals> totals = row.tally().prefixes();
            boolean counted = totals.isPresent() && row.standing().counted();
            for (PrefixLine line : PrefixLine.of(totals.orElse(nothing), options.breakdown())) {
                List<Object> record = new ArrayList<>(
                        List.of(row.id().bucket(), row.standing().status()));
                Map<String, Object> fields = PrefixTable.fields(line, options);
                fields.forEach((name, value) ->
                        record.add(counted || List.of("kind", "level", "prefix").contains(name) ? value : null));
                record.add(
                        counted ? String.join(" ", line.sum().storageClasses().keySet()) : null);
                Csv.record(out, record);
            }
        }
    }

    private List<String> header(PrefixLine any) {
        List<String> header = new ArrayList<>(List.of("bucket", "status"));
        header.addAll(PrefixTable.fields(any, options).keySet());
        header.add("storage_classes");
        return header;
    }
}
