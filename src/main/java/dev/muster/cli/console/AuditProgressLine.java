package dev.muster.cli.console;

import dev.muster.engine.Progress;
import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import java.util.Locale;

/** Progress line of an audit. */
public final class AuditProgressLine {
    private AuditProgressLine() {}

    public static String line(Progress before, Progress now) {
        long objects = count(now, "objects");
        double seconds = now.elapsed().minus(before.elapsed()).toMillis() / 1000.0;
        long rate = seconds > 0 ? Math.round((objects - count(before, "objects")) / seconds) : 0;
        StringBuilder line = new StringBuilder();
        line.append(String.format(
                Locale.ROOT,
                "%,d/%,d buckets  %,d objects  %s  %,d/s",
                count(now, "buckets_done"),
                count(now, "buckets"),
                objects,
                SizeUnit.AUTO.format(count(now, "bytes")),
                rate));
        append(line, count(now, "failures"), Plural.of(count(now, "failures"), "task") + " given up");
        append(line, now.stats().failed(), Plural.of(now.stats().failed(), "failed request"));
        append(line, now.stats().throttled(), "throttled");
        return line.toString();
    }

    private static void append(StringBuilder line, long number, String what) {
        if (number > 0) {
            line.append(String.format(Locale.ROOT, "  %,d %s", number, what));
        }
    }

    private static long count(Progress progress, String name) {
        return progress.counts().getOrDefault(name, 0L);
    }
}
