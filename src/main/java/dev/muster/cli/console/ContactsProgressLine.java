package dev.muster.cli.console;

import dev.muster.engine.Progress;
import dev.muster.engine.limit.RateLimiter.Quota;
import dev.muster.output.Plural;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Progress line of a run over contacts. */
public final class ContactsProgressLine implements ProgressLine {
    private final String things;
    private final double perThing;
    private final Optional<Quota> quota;

    /**
     * A progress line for things that are counted as {@code things} and {@code things_done}.
     *
     * @param perThing number of requests under the quota per thing
     * @param quota the quota that limits the run
     */
    public ContactsProgressLine(String things, double perThing, Optional<Quota> quota) {
        this.things = things;
        this.perThing = perThing;
        this.quota = quota;
    }

    @Override
    public String line(Progress before, Progress now) {
        long known = count(now, things);
        long done = count(now, things + "_done");
        double seconds = now.elapsed().minus(before.elapsed()).toMillis() / 1000.0;
        double rate = seconds > 0 ? (now.stats().tries() - before.stats().tries()) / seconds : 0;
        StringBuilder line = new StringBuilder();
        if (known > 0) {
            line.append(String.format(Locale.ROOT, "%,d of %,d %s  ", done, known, things));
        }
        line.append(String.format(Locale.ROOT, "%.1f requests/s", rate));
        append(line, now.stats().throttled(), "throttled");
        append(line, now.stats().failed(), Plural.of(now.stats().failed(), "failed request"));
        quota.filter(limit -> known > done)
                .ifPresent(limit -> line.append(left((known - done) * perThing, limit.perSecond())));
        return line.toString();
    }

    /** Time left at the rate of the quota, which bursts exceed for a while. */
    private static String left(double requests, double perSecond) {
        Duration left = Duration.ofSeconds(Math.round(requests / perSecond));
        return String.format(
                Locale.ROOT, "  %d:%02d left at %s/s", left.toMinutes(), left.toSecondsPart(), number(perSecond));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
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
