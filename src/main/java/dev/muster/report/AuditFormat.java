package dev.muster.report;

import dev.muster.report.html.HtmlReport;
import java.io.IOException;

/** The formats that an audit's report can be written in. */
public enum AuditFormat {
    /** Text for people, in which text from elsewhere is escaped. */
    TEXT {
        @Override
        public void write(AuditReport report, Appendable out) throws IOException {
            new TextReport(report).write(out);
        }
    },
    /** One JSON object on one line, in ASCII. */
    JSON {
        @Override
        public void write(AuditReport report, Appendable out) throws IOException {
            new JsonReport(report).write(out);
        }
    },
    /** A record per bucket, and per account whose buckets could not all be named. */
    CSV {
        @Override
        public void write(AuditReport report, Appendable out) throws IOException {
            new CsvReport(report).write(out);
        }
    },
    /** One page for a browser, with all that it needs. */
    HTML {
        @Override
        public void write(AuditReport report, Appendable out) throws IOException {
            new HtmlReport(report.saved()).write(out);
        }
    };

    public abstract void write(AuditReport report, Appendable out) throws IOException;
}
