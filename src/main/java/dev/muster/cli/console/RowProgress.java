package dev.muster.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Progress of reading rows: a status line on a terminal, a plain line every ten seconds elsewhere. */
public final class RowProgress implements LongConsumer {
    private static final int ROWS_BETWEEN_LOOKS = 10_000;
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final Console console;
    private final boolean wanted;
    private final long interval;
    private final long start = System.nanoTime();
    private long shown = start;

    public RowProgress(Console console, boolean wanted) {
        this.console = console;
        this.wanted = wanted;
        this.interval = (console.terminal() ? ON_TERMINAL : ELSEWHERE).toNanos();
    }

    /** Takes the number of rows so far, after each row. */
    @Override
    public void accept(long rows) {
        if (!wanted || rows % ROWS_BETWEEN_LOOKS != 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - shown >= interval) {
            shown = now;
            Duration elapsed = Duration.ofNanos(now - start);
            long perSecond = rows * 1000 / Math.max(1, elapsed.toMillis());
            String line = ProgressTicker.clock(elapsed)
                    + String.format(Locale.ROOT, "  %,d rows read  %,d rows/s", rows, perSecond);
            if (console.terminal()) {
                console.status(line);
            } else {
                console.line("muster: " + line);
            }
        }
    }

    /** Removes the status line. */
    public void end() {
        console.status("");
    }
}
