package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Optional;

/** Standard output as UTF-8. It keeps the reason of a failed write, which other print writers swallow. */
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

    /** Tells whether people read it; the launcher says so, as Java cannot tell. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("muster.stdout.terminal");
    }

    /** Flushes what a command has printed; true if nobody reads it any more, as behind {@code | head}. */
    public static boolean abandoned(PrintWriter out) {
        out.flush();
        return out instanceof Stdout stdout && stdout.target.left;
    }

    /** Flushes what a command has printed, and tells why not all of it could be written; empty where it could. */
    public static Optional<String> problem(PrintWriter out) {
        if (!out.checkError()) {
            return Optional.empty();
        }
        return Optional.of(out instanceof Stdout stdout ? stdout.target.reason : UNKNOWN);
    }

    private static final class Target extends FilterOutputStream {
        private String reason = UNKNOWN;
        /** Whether the reader has gone, as {@code head} does: it has had enough, and nothing failed. */
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
    }
}
