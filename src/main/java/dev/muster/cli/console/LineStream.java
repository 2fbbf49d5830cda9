package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;

/** Whole lines of UTF-8 to a writer that hides its errors, such as that nobody reads any more. */
public final class LineStream extends OutputStream {
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

    @Override
    public void flush() throws IOException {
        Optional<String> problem = Stdout.problem(out);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }
}
