package dev.muster.cli.console;

import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.limit.RateLimiter.Quota;
import dev.muster.output.Plural;
import dev.muster.output.SizeUnit;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Progress line of a run. */
@FunctionalInterface
public interface ProgressLine {
    /** Progress at the beginning of a run, for rates since then. */
    Progress BEGINNING = new Progress(Stats.NONE, Map.of(), Duration.ZERO);

    /**
     * One line without the elapsed time.
     *
     * @param before earlier progress, from which rates are computed
     */
    String line(Progress before, Progress now);

    /** Progress line of an audit. */
    final class AuditProgressLine {
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

    /** Progress line of an events run. */
    final class EventsProgressLine {
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

    /** Progress line of a run over contacts. */
    final class ContactsProgressLine implements ProgressLine {
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
}
