package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.EventsPartial.EventCount;
import dev.muster.output.Json;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Summary of a run, as text for people and as JSON for programs.
 *
 * @param complete whether the run came to its end and gave up nothing
 * @param dryRun whether nothing was written
 */
public record EventsReport(
        EventsPartial summary, boolean complete, boolean dryRun, Instant startedAt, Duration elapsed) {
    private static final int MOST_VALUES = 10;

    private static final Set<EventCount> ALWAYS_SHOWN = EnumSet.of(
            EventCount.RECEIVED,
            EventCount.KEPT,
            EventCount.DROPPED,
            EventCount.QUARANTINED,
            EventCount.DUPLICATES,
            EventCount.DELETED);

    /** Format of a report. */
    public enum Format {
        TEXT,
        JSON
    }

    public EventsReport {
        requireNonNull(summary, "summary is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(elapsed, "elapsed is null");
    }

    public void write(Format format, Appendable out) throws IOException {
        if (format == Format.JSON) {
            out.append(Json.dumps(json())).append('\n');
        } else {
            writeText(out);
        }
    }

    private Map<String, Object> json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("complete", complete);
        fields.put("dry_run", dryRun);
        fields.put("started_at", startedAt.toString());
        fields.put("elapsed_seconds", elapsed.toMillis() / 1000.0);
        for (EventCount count : EventCount.values()) {
            fields.put(name(count), summary.count(count));
        }
        fields.put("dropped_by", summary.dropped());
        fields.put("poison_by", summary.poison());
        fields.put("days", days());
        fields.put(
                "oldest_message_age_seconds",
                oldestAge() == null ? null : oldestAge().toMillis() / 1000.0);
        List<Object> rejected = new ArrayList<>();
        summary.rejectedLines().forEach((line, reason) -> rejected.add(ordered("line", line, "reason", reason)));
        fields.put("rejected_lines", rejected);
        fields.put(
                "failures",
                summary.failures().stream()
                        .map(failure ->
                                ordered("what", failure.what(), "code", failure.code(), "message", failure.message()))
                        .toList());
        return fields;
    }

    private List<Object> days() {
        List<Object> days = new ArrayList<>();
        summary.days()
                .forEach((day, counts) -> days.add(ordered(
                        "day", day, "new", counts.added(), "existing", counts.existing(), "unique", counts.unique())));
        return days;
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private void writeText(Appendable out) throws IOException {
        TextTable numbers = new TextTable(Align.LEFT, Align.RIGHT);
        for (EventCount count : EventCount.values()) {
            if (ALWAYS_SHOWN.contains(count) || summary.count(count) != 0) {
                numbers.row(name(count).replace('_', ' '), number(summary.count(count)));
            }
        }
        if (oldestAge() != null) {
            numbers.row("oldest message", oldestAge().toSeconds() + " s");
        }
        numbers.write(out, "");
        writeDropped(out);
        writeReasons(out);
        writeDays(out);
    }

    private void writeDropped(Appendable out) throws IOException {
        for (Map.Entry<String, Map<String, Long>> field : summary.dropped().entrySet()) {
            out.append("\nDropped by ").append(field.getKey()).append('\n');
            TextTable values = new TextTable(Align.LEFT, Align.RIGHT);
            field.getValue().entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(MOST_VALUES)
                    .forEach(value ->
                            values.row(TerminalText.escape('"' + value.getKey() + '"'), number(value.getValue())));
            values.write(out, "  ");
            int more = field.getValue().size() - MOST_VALUES;
            if (more > 0) {
                out.append("  and ").append(number(more)).append(" more values\n");
            }
        }
    }

    private void writeReasons(Appendable out) throws IOException {
        if (!summary.poison().isEmpty()) {
            out.append(summary.count(EventCount.LEFT) > 0 ? "\nLeft on the queue\n" : "\nQuarantined\n");
            TextTable reasons = new TextTable(Align.LEFT, Align.RIGHT);
            summary.poison().forEach((reason, count) -> reasons.row(TerminalText.escape(reason), number(count)));
            reasons.write(out, "  ");
        }
    }

    private void writeDays(Appendable out) throws IOException {
        if (!summary.days().isEmpty()) {
            out.append(dryRun ? "\nDays (not written)\n" : "\nDays\n");
            TextTable days = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
            days.row("day", "new", "existing", "unique");
            summary.days()
                    .forEach((day, counts) ->
                            days.row(day, number(counts.added()), number(counts.existing()), number(counts.unique())));
            days.write(out, "  ");
        }
    }

    /** Age of the oldest message, not negative: the queue's clock may be ahead of this machine's. */
    private Duration oldestAge() {
        if (summary.oldestSentMillis() == Long.MAX_VALUE) {
            return null;
        }
        Duration age = Duration.between(Instant.ofEpochMilli(summary.oldestSentMillis()), startedAt.plus(elapsed));
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String name(EventCount count) {
        return count.name().toLowerCase(Locale.ROOT);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
