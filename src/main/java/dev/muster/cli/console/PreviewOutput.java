package dev.muster.cli.console;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Output;
import dev.muster.events.EventsPartial;
import java.util.function.Consumer;

/** Prints what a dry run would write, one day and line per line. */
public record PreviewOutput(Consumer<String> lines) implements Output<EventsPartial> {
    public PreviewOutput {
        requireNonNull(lines, "lines is null");
    }

    @Override
    public void write(EventsPartial partial) {
        partial.preview().forEach(lines);
    }

    @Override
    public long sync() {
        return 0;
    }

    @Override
    public void rewind(long position) {
        // Such a run is never resumed.
    }

    @Override
    public void close() {
        // The output is flushed at the end of the command.
    }
}
