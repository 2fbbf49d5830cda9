package dev.muster.cli;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Output;
import dev.muster.events.EventsSummary;
import java.io.PrintWriter;

/** Prints what a dry run would write: a day and a line on each line. */
record PreviewOutput(PrintWriter out) implements Output<EventsSummary> {
    PreviewOutput {
        requireNonNull(out, "out is null");
    }

    @Override
    public void write(EventsSummary partial) {
        partial.preview().forEach(out::println);
    }

    @Override
    public long sync() {
        out.flush();
        return 0;
    }

    @Override
    public void rewind(long position) {
        // Such a run is never resumed.
    }

    @Override
    public void close() {
        out.flush();
    }
}
