package dev.muster.cli.console;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Output;
import dev.muster.events.EventsPartial;
import java.io.PrintWriter;

/** Prints what a dry run would write: a day and a line on each line. */
public record PreviewOutput(PrintWriter out) implements Output<EventsPartial> {
    public PreviewOutput {
        requireNonNull(out, "out is null");
    }

    @Override
    public void write(EventsPartial partial) {
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
