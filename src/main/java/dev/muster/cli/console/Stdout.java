package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Optional;

/** Standard output in UTF-8. It keeps the reason of a failed write, which other print writers discard. */
public final class Stdout extends PrintWriter {
    private static final String UNKNOWN = "it is closed, or its disk is full";

    private final Target target;

    public Stdout(OutputStream out) {
        this(new Target(out));
    }

    private Stdout(Target target) {
        super(new OutputStreamWriter(target, UTF_8));
        this.target = target;
    }

    /** Tells whether stdout is a terminal, as told by the launcher, since Java cannot tell. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("muster.stdout.terminal");
    }

    /** Flushes the output; returns true if nobody reads it any more, as in {@code | head}. */
    public static boolean abandoned(PrintWriter out) {
        out.flush();
        return out instanceof Stdout stdout && stdout.target.left;
    }

    /**
     * Stream of bytes behind what was printed so far. What a reader who has left would not read is dropped; see {@link
     * #abandoned}. Closing it flushes stdout.
     */
    public static OutputStream bytes(PrintWriter out) {
        out.flush();
        return out instanceof Stdout stdout ? stdout.target : new LineStream(out);
    }

    /** Flushes the output; returns why not all of it could be written, or empty if it could. */
    public static Optional<String> problem(PrintWriter out) {
        if (!out.checkError()) {
            return Optional.empty();
        }
        return Optional.of(out instanceof Stdout stdout ? stdout.target.reason : UNKNOWN);
    }

    private static final class Target extends FilterOutputStream {
        private String reason = UNKNOWN;
        /** True if the reader has closed the pipe, as {@code head} does, which is no failure. */
        private boolean left;

        Target(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                if (!left) {
                    out.write(bytes, from, length);
                }
            } catch (IOException e) {
                left = String.valueOf(e.getMessage()).contains("Broken pipe");
                if (left) {
                    return;
                }
                reason = FileErrors.reason(e);
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            flush(); // stdout is the process's
        }
    }
}
