package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;

/** Output stream of whole UTF-8 lines to a writer that hides its errors. */
public final class LineStream extends OutputStream {
    /** Failure that ends a run whose lines nobody reads any more. */
    public static final Failure ABANDONED =
            new Failure(Failure.Kind.INVALID, "StdoutAbandoned", "nobody reads the output any more");

    private final PrintWriter out;

    public LineStream(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int single) {
        out.write(single);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        out.write(new String(bytes, from, length, UTF_8));
    }

    /**
     * Writes the lines.
     *
     * @throws TaskException with {@link #ABANDONED} if nobody reads any more
     * @throws IOException if it cannot be written
     */
    @Override
    public void flush() throws IOException {
        Optional<String> problem = Stdout.problem(out);
        if (Stdout.abandoned(out)) {
            throw new TaskException(ABANDONED);
        } else if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }
}
