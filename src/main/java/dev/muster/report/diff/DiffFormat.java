package dev.muster.report.diff;

import java.io.IOException;

/** The formats that changes can be written in. */
public enum DiffFormat {
    /** Text for people, in which text from elsewhere is escaped. */
    TEXT {
        @Override
        public void write(ReportDiff diff, DiffOptions options, Appendable out) throws IOException {
            new DiffText(diff, options).write(out);
        }
    },
    /** One JSON object on one line, in ASCII. */
    JSON {
        @Override
        public void write(ReportDiff diff, DiffOptions options, Appendable out) throws IOException {
            new DiffJson(diff).write(out, options.limit());
        }
    },
    /** A page for a browser. */
    HTML {
        @Override
        public void write(ReportDiff diff, DiffOptions options, Appendable out) throws IOException {
            new DiffHtml(diff, options).page().write(out);
        }
    };

    public abstract void write(ReportDiff diff, DiffOptions options, Appendable out) throws IOException;
}
