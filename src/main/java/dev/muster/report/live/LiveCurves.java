package dev.muster.report.live;

import dev.muster.engine.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keys and requests per second over a run. Where the points become too many, each two become one, so that the curves
 * reach back to the start in bounded memory. Not for concurrent use.
 */
final class LiveCurves {
    private static final int MOST_POINTS = 600;
    private static final Duration RECENT = Duration.ofSeconds(5);

    /** Averages over the time since the point before. */
    record Point(double seconds, double keys, double requests) {}

    private record Sample(Duration elapsed, long keys, long requests) {}

    private final List<Point> points = new ArrayList<>();
    private final List<Sample> recent = new ArrayList<>(List.of(new Sample(Duration.ZERO, 0, 0)));
    private int perPoint = 1;
    private int sinceLast;
    private Sample last = recent.get(0);

    /** Begins with the counts of an earlier run, which belong to no curve. */
    void begin(Progress first) {
        last = sample(first);
        recent.clear();
        recent.add(last);
    }

    void add(Progress now) {
        Sample sample = sample(now);
        if (sample.elapsed().compareTo(recent.get(recent.size() - 1).elapsed()) <= 0) {
            return;
        }
        recent.add(sample);
        while (recent.size() > 2
                && recent.get(1).elapsed().compareTo(sample.elapsed().minus(RECENT)) <= 0) {
            recent.remove(0);
        }
        if (++sinceLast == perPoint) {
            sinceLast = 0;
            points.add(point(last, sample));
            last = sample;
        }
        if (points.size() > MOST_POINTS) {
            thin();
        }
    }

    private void thin() {
        List<Point> fewer = new ArrayList<>();
        for (int i = 1; i < points.size(); i += 2) {
            Point left = points.get(i - 1);
            Point right = points.get(i);
            fewer.add(new Point(
                    right.seconds(), (left.keys() + right.keys()) / 2, (left.requests() + right.requests()) / 2));
        }
        points.clear();
        points.addAll(fewer);
        perPoint *= 2;
    }

    List<Point> points() {
        return List.copyOf(points);
    }

    /** The last point; empty at the beginning. */
    Optional<Point> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
    }

    /** Averages over the last seconds. */
    Point now() {
        return point(recent.get(0), recent.get(recent.size() - 1));
    }

    private static Point point(Sample before, Sample now) {
        double seconds = now.elapsed().minus(before.elapsed()).toNanos() / 1e9;
        double at = now.elapsed().toMillis() / 1000.0;
        return seconds <= 0
                ? new Point(at, 0, 0)
                : new Point(at, (now.keys() - before.keys()) / seconds, (now.requests() - before.requests()) / seconds);
    }

    private static Sample sample(Progress progress) {
        return new Sample(
                progress.elapsed(),
                progress.counts().getOrDefault("objects", 0L),
                progress.stats().tries());
    }
}
