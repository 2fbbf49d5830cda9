package dev.muster.report;

import dev.muster.report.html.HtmlReport;
import dev.muster.report.saved.SavedReport;
import java.io.IOException;

/** The formats that a report that was read back can be written in. */
public enum SavedFormat {
    /** One page for a browser, with all that it needs. */
    HTML {
        @Override
        public void write(SavedReport report, Appendable out) throws IOException {
            new HtmlReport(report).write(out);
        }
    },
    /** For the disk usage browsers ncdu and gdu. */
    NCDU {
        @Override
        public void write(SavedReport report, Appendable out) throws IOException {
            new NcduReport(report).write(out);
        }
    };

    public abstract void write(SavedReport report, Appendable out) throws IOException;
}
