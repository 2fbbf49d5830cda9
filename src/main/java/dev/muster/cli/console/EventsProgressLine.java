package dev.muster.cli.console;

import dev.muster.engine.Progress;
import dev.muster.output.Plural;
import java.util.Locale;

/** Progress line of an events run. */
public final class EventsProgressLine {
    private EventsProgressLine() {}

    public static String line(Progress before, Progress now) {
        long received = count(now, "received");
        double seconds = now.elapsed().minus(before.elapsed()).toMillis() / 1000.0;
        long rate = seconds > 0 ? Math.round((received - count(before, "received")) / seconds) : 0;
        String line = String.format(
                Locale.ROOT,
                "%,d received  %,d kept  %,d dropped  %,d quarantined  %,d deleted  %,d/s",
                received,
                count(now, "kept"),
                count(now, "dropped"),
                count(now, "quarantined"),
                count(now, "deleted"),
                rate);
        long failed = now.stats().failed();
        return failed > 0
                ? line + String.format(Locale.ROOT, "  %,d %s", failed, Plural.of(failed, "failed request"))
                : line;
    }

    private static long count(Progress progress, String name) {
        return progress.counts().getOrDefault(name, 0L);
    }
}
