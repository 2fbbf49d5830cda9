package dev.muster.report.html;

import dev.muster.output.html.HtmlTemplate;
import dev.muster.report.saved.SavedReport;
import java.io.IOException;

/**
 * Report as one HTML file that needs no network: style, script and charts are in it, and its content security policy
 * forbids the rest. The template escapes every text.
 */
public final class HtmlReport {
    private final SavedReport report;

    public HtmlReport(SavedReport report) {
        this.report = report;
    }

    public void write(Appendable out) throws IOException {
        HtmlTemplate.write("report.jte", new HtmlPage(report), out);
    }
}
