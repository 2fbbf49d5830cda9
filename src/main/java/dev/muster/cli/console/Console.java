package dev.muster.cli.console;

import java.io.PrintStream;

/** Output on stderr: lines, and on a terminal a status line that stays below them. Thread-safe. */
public final class Console {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int DEFAULT_COLUMNS = 80;

    private final PrintStream stderr;
    private final boolean terminal;
    private final int columns;
    private String status = "";
    private boolean ended;

    /**
     * A console that writes to a stream.
     *
     * @param terminal whether it is a terminal: only then is there a status line
     * @param columns the terminal's width
     */
    public Console(PrintStream stderr, boolean terminal, int columns) {
        this.stderr = stderr;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** A console on the process's stderr. The launcher tells whether it is a terminal and how wide, as Java cannot. */
    public static Console onStderr() {
        return new Console(System.err, Boolean.getBoolean("muster.stderr.terminal"), width());
    }

    /** The terminal's width, as told by the launcher. */
    public static int width() {
        int columns = Integer.getInteger("muster.columns", DEFAULT_COLUMNS);
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    public boolean terminal() {
        return terminal;
    }

    /** Prints a line. */
    public synchronized void line(String text) {
        stderr.print((status.isEmpty() ? "" : CLEAR_LINE) + text + System.lineSeparator() + status);
        stderr.flush();
    }

    /** Replaces the status line; an empty text removes it. Does nothing unless on a terminal. */
    public synchronized void status(String text) {
        if (!terminal || ended || (text.isEmpty() && status.isEmpty())) {
            return;
        }
        status = fitting(text);
        stderr.print(CLEAR_LINE + status);
        stderr.flush();
    }

    /** Drops parts at the end, which are separated by two spaces, until the rest fits the terminal. */
    private String fitting(String text) {
        String fit = text;
        while (fit.length() >= columns && fit.contains("  ")) {
            fit = fit.substring(0, fit.lastIndexOf("  ")).stripTrailing();
        }
        return fit.length() < columns ? fit : fit.substring(0, columns - 1);
    }

    /** Removes the status line permanently, before the last lines of a run. */
    public synchronized void endStatus() {
        status("");
        ended = true;
    }
}
