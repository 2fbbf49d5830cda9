package dev.muster.cli.console;

import dev.muster.engine.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows progress: a status line four times a second on a terminal, a plain line every ten seconds elsewhere. */
public final class ProgressTicker implements AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final Supplier<CompletionStage<Progress>> source;
    private final ProgressLine progressLine;
    private final Console console;
    private final ScheduledExecutorService timer;
    private final ProgressWindow recent = new ProgressWindow();
    private long asked;
    private long shown;
    private boolean closed;

    public static ProgressTicker start(
            Supplier<CompletionStage<Progress>> source, ProgressLine progressLine, Console console, boolean wanted) {
        ProgressTicker ticker = new ProgressTicker(source, progressLine, console);
        if (wanted) {
            long interval = (console.terminal() ? ON_TERMINAL : ELSEWHERE).toMillis();
            var unused = ticker.timer.scheduleAtFixedRate(ticker::ask, interval, interval, TimeUnit.MILLISECONDS);
        }
        return ticker;
    }

    private ProgressTicker(Supplier<CompletionStage<Progress>> source, ProgressLine progressLine, Console console) {
        this.source = source;
        this.progressLine = progressLine;
        this.console = console;
        this.timer = DaemonTimer.named("progress");
    }

    /** Stops showing progress and removes the status line. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        console.status("");
    }

    private void ask() {
        long question = ++asked;
        var unused = source.get().thenAccept(now -> show(question, now));
    }

    /** Shows an answer. Answers may overtake each other: one older than the line is dropped. */
    private synchronized void show(long question, Progress now) {
        if (closed || question < shown) {
            return;
        }
        shown = question;
        String line = clock(now.elapsed()) + "  " + progressLine.line(recent.before(now), now);
        if (console.terminal()) {
            console.status(line);
        } else {
            console.line("muster: " + line);
        }
    }

    static String clock(Duration elapsed) {
        return elapsed.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        elapsed.toHours(),
                        elapsed.toMinutesPart(),
                        elapsed.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    /**
     * Answers of the last seconds, for average rates: a busy run answers several questions at once, and two answers of
     * the same instant give no rate.
     */
    static final class ProgressWindow {
        private static final Duration WINDOW = Duration.ofSeconds(5);

        private final Deque<Progress> recent = new ArrayDeque<>();
        private Progress before = ProgressLine.BEGINNING;

        /** Adds the newest answer; returns the one from which its rates are computed. */
        Progress before(Progress now) {
            recent.add(now);
            Duration oldEnough = now.elapsed().minus(WINDOW);
            while (recent.element().elapsed().compareTo(oldEnough) <= 0) {
                before = recent.remove();
            }
            return before;
        }
    }
}
