package dev.muster.report.live;

import static java.util.stream.Collectors.groupingBy;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketId;
import dev.muster.audit.BucketStats;
import dev.muster.engine.Plan.Outlook;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunSnapshot;
import dev.muster.output.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/** Figures of an audit that is under way, as JSON for its page. Thread-safe. */
public final class LiveFigures {
    /** More rows than anyone watches; those with most to do are shown. */
    private static final int MOST_ROWS = 200;

    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** A reason why requests failed or were slowed down, and how often. */
    public record Cause(String reason, long times) {}

    /** A bucket; without an outlook it is done. */
    private record Row(BucketId id, BucketStats stats, Outlook outlook) {
        private long left() {
            return outlook == null ? -1 : outlook.left().orElse(0);
        }
    }

    /** Requests made for each bucket under way, at an instant. */
    private record Made(Duration elapsed, Map<BucketId, Long> requests) {}

    private static final Comparator<Row> MOST_TO_DO_FIRST = Comparator.comparing((Row row) -> row.outlook() == null)
            .thenComparing(Comparator.comparingLong(Row::left).reversed())
            .thenComparing(Comparator.comparingLong(
                            (Row row) -> row.stats().tally().current().bytes())
                    .reversed())
            .thenComparing(Row::id);

    private final LiveCurves curves = new LiveCurves();
    private final Deque<Made> window = new ArrayDeque<>();
    private boolean begun;

    /** Takes the progress of the run; to be called about once a second. */
    public synchronized void add(Progress now) {
        if (!begun) {
            begun = true;
            curves.begin(now);
        }
        curves.add(now);
    }

    /** The curves so far, as {@code [[seconds, keys per second, requests per second], …]}. */
    public synchronized String history() {
        return Json.dumps(curves.points().stream().map(LiveFigures::point).toList());
    }

    /** The state of the run. */
    public synchronized String state(RunSnapshot<AuditPartial> run, List<Cause> causes) {
        Stats stats = run.stats();
        Map<BucketId, Outlook> open = new HashMap<>();
        run.outlook().forEach(bucket -> open.put(new BucketId(bucket.group(), bucket.name()), bucket));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("elapsed", run.elapsed().toMillis() / 1000.0);
        fields.put("pace", point(curves.now()));
        fields.put("point", curves.newest().map(LiveFigures::point).orElse(null));
        fields.put("left", left(run.outlook()).stream().boxed().findFirst().orElse(null));
        fields.put("requests", stats.tries());
        fields.put("workers", stats.workers());
        fields.put("busy", stats.leased());
        fields.put("limit", run.limit());
        fields.put("waiting", stats.queued() + stats.delayed());
        fields.put("throttled", stats.throttled());
        fields.put("failed", stats.failed());
        fields.put("hedged", stats.hedged());
        fields.put(
                "causes",
                causes.stream()
                        .map(cause -> List.of(cause.reason(), cause.times()))
                        .toList());
        fields.put("failures", failures(run.summary()));
        buckets(run, open, fields);
        remember(run.elapsed(), open);
        return Json.dumps(fields);
    }

    private void buckets(RunSnapshot<AuditPartial> run, Map<BucketId, Outlook> open, Map<String, Object> fields) {
        long objects = 0;
        long bytes = 0;
        PriorityQueue<Row> rows = new PriorityQueue<>(MOST_TO_DO_FIRST.reversed());
        for (Map.Entry<BucketId, BucketStats> bucket : run.summary().buckets().entrySet()) {
            objects += bucket.getValue().tally().current().objects();
            bytes += bucket.getValue().tally().current().bytes();
            rows.add(new Row(bucket.getKey(), bucket.getValue(), open.get(bucket.getKey())));
            if (rows.size() > MOST_ROWS) {
                rows.remove();
            }
        }
        Map<BucketId, List<AuditFailure>> failures = run.summary().failures().stream()
                .filter(failure -> failure.bucket() != null)
                .collect(groupingBy(failure -> new BucketId(failure.account(), failure.bucket())));
        fields.put("objects", objects);
        fields.put("bytes", bytes);
        fields.put("known", run.summary().buckets().size());
        fields.put("done", run.summary().bucketsDone());
        fields.put(
                "buckets",
                rows.stream()
                        .sorted(MOST_TO_DO_FIRST)
                        .map(row -> row(row, run.elapsed(), failures.getOrDefault(row.id(), List.of())))
                        .toList());
    }

    private Map<String, Object> row(Row row, Duration elapsed, List<AuditFailure> failures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", row.id().account());
        fields.put("name", row.id().bucket());
        fields.put("objects", row.stats().tally().current().objects());
        fields.put("bytes", row.stats().tally().current().bytes());
        fields.put("problem", failures.isEmpty() ? null : failures.get(0).sentence());
        fields.put("open", row.outlook() != null);
        if (row.outlook() != null && row.outlook().left().isPresent()) {
            double pages = row.outlook().done();
            double left = row.left();
            fields.put("share", pages / (pages + left));
            fields.put("left", left(row, elapsed).stream().boxed().findFirst().orElse(null));
        }
        return fields;
    }

    /** Seconds that a bucket still takes at the pace of the last seconds; empty if it has made none. */
    private OptionalDouble left(Row row, Duration elapsed) {
        for (Made before : window) {
            Long done = before.requests().get(row.id());
            if (done != null && done < row.outlook().done()) {
                double seconds = elapsed.minus(before.elapsed()).toMillis() / 1000.0;
                return OptionalDouble.of(row.left() * seconds / (row.outlook().done() - done));
            }
        }
        return OptionalDouble.empty();
    }

    /** Seconds that all buckets still take at the present pace; empty while too little is known. */
    private OptionalDouble left(List<Outlook> outlook) {
        double pace = curves.now().requests();
        boolean known = !outlook.isEmpty()
                && pace > 0
                && outlook.stream().allMatch(bucket -> bucket.left().isPresent());
        return known
                ? OptionalDouble.of(outlook.stream()
                                .mapToLong(bucket -> bucket.left().getAsLong())
                                .sum()
                        / pace)
                : OptionalDouble.empty();
    }

    private void remember(Duration elapsed, Map<BucketId, Outlook> open) {
        Map<BucketId, Long> requests = new HashMap<>();
        open.forEach((id, bucket) -> requests.put(id, bucket.done()));
        window.addLast(new Made(elapsed, requests));
        while (window.getFirst().elapsed().compareTo(elapsed.minus(WINDOW)) < 0) {
            window.removeFirst();
        }
    }

    private static List<Map<String, Object>> failures(AuditPartial summary) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (AuditFailure failure : summary.failures()) {
            if (rows.size() < MOST_ROWS) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("account", failure.account());
                fields.put("bucket", failure.bucket());
                fields.put("reason", failure.sentence());
                fields.put("times", failure.times());
                rows.add(fields);
            }
        }
        return rows;
    }

    private static List<Double> point(LiveCurves.Point point) {
        return List.of(tenths(point.seconds()), tenths(point.keys()), tenths(point.requests()));
    }

    private static double tenths(double value) {
        return Math.round(10 * value) / 10.0;
    }
}
