package dev.muster.cli.console;

import java.io.PrintStream;

/**
 * All that is said on stderr: lines, and on a terminal one status line that stays below them. Thread-safe.
 */
public final class Console {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int DEFAULT_COLUMNS = 80;

    private final PrintStream stderr;
    private final boolean terminal;
    private final int columns;
    private String status = "";
    private boolean ended;

    /**
     * Talk on a stream.
     *
     * @param terminal whether people watch: only then is there a status line
     * @param columns the terminal's width
     */
    public Console(PrintStream stderr, boolean terminal, int columns) {
        this.stderr = stderr;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** Talk on the process's stderr. The launcher says whether it is a terminal and how wide, as Java cannot tell. */
    public static Console onStderr() {
        return new Console(System.err, Boolean.getBoolean("muster.stderr.terminal"), width());
    }

    /** The terminal's width, as the launcher says. */
    public static int width() {
        int columns = Integer.getInteger("muster.columns", DEFAULT_COLUMNS);
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    public boolean terminal() {
        return terminal;
    }

    /** Says a line for good. */
    public synchronized void line(String text) {
        stderr.print((status.isEmpty() ? "" : CLEAR_LINE) + text + System.lineSeparator() + status);
        stderr.flush();
    }

    /** Replaces the status line; an empty text removes it. Does nothing where nobody watches. */
    public synchronized void status(String text) {
        if (!terminal || ended || (text.isEmpty() && status.isEmpty())) {
            return;
        }
        status = fitting(text);
        stderr.print(CLEAR_LINE + status);
        stderr.flush();
    }

    /** Leaves out parts at the end, which two spaces separate, until the rest fits the terminal. */
    private String fitting(String text) {
        String fit = text;
        while (fit.length() >= columns && fit.contains("  ")) {
            fit = fit.substring(0, fit.lastIndexOf("  ")).stripTrailing();
        }
        return fit.length() < columns ? fit : fit.substring(0, columns - 1);
    }

    /** Removes the status line for good: what is said from here on are the last words. */
    public synchronized void endStatus() {
        status("");
        ended = true;
    }
}
