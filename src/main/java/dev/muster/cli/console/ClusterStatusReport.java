package dev.muster.cli.console;

import dev.muster.cli.console.ProgressLine.AuditProgressLine;
import dev.muster.cli.console.ProgressLine.ContactsProgressLine;
import dev.muster.cli.console.ProgressLine.EventsProgressLine;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Progress;
import dev.muster.output.Json;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import dev.muster.output.TextTable.Align;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A cluster in words, and as JSON. */
public final class ClusterStatusReport {
    /** Another release of the cluster may have more jobs. */
    private static final Map<String, ProgressLine> GAUGES = Map.of(
            "audit", AuditProgressLine::line,
            "inventory", AuditProgressLine::line,
            "contacts", new ContactsProgressLine("accounts", 0, Optional.empty()),
            "events", EventsProgressLine::line);

    private ClusterStatusReport() {}

    public static String text(ClusterView view) {
        TextTable members = new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT);
        members.row("NODE", "STATUS", "ROLES", "WORKERS", "");
        for (ClusterView.Member member : view.members()) {
            members.row(
                    address(member.node()),
                    member.status(),
                    String.join(",", member.roles()),
                    Integer.toString(member.workers()),
                    member.node().equals(view.coordinator()) ? "coordinates" : "");
        }
        TextTable runs = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT);
        runs.row("RUN", "STATE", "TASKS DONE", "PROGRESS");
        for (RunView run : view.runs()) {
            long done =
                    run.progress().map(progress -> progress.stats().completed()).orElse(0L);
            runs.row(
                    run.run(), stateInWords(run), done == 0 ? "" : String.format(Locale.ROOT, "%,d", done), words(run));
        }
        StringBuilder text = new StringBuilder();
        try {
            members.write(text, "");
            text.append('\n');
            if (view.runs().isEmpty()) {
                text.append("no runs\n");
            } else {
                runs.write(text, "");
            }
            if (view.moreRuns() > 0) {
                text.append("and ").append(view.moreRuns()).append(" older runs\n");
            }
            unsaved(view, text);
            unfit(view, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void unsaved(ClusterView view, StringBuilder text) {
        for (RunView run : view.runs()) {
            run.unsaved().ifPresent(why -> text.append('\n')
                    .append(run.run())
                    .append(": ")
                    .append(TerminalText.escape(why))
                    .append('\n'));
        }
    }

    private static void unfit(ClusterView view, StringBuilder text) {
        for (RunView run : view.runs()) {
            for (RunView.Share share : run.nodes()) {
                share.unfit().ifPresent(failure -> text.append('\n')
                        .append(address(share.node()))
                        .append(" cannot work for ")
                        .append(run.run())
                        .append(": ")
                        .append(TerminalText.escape(failure.message()))
                        .append('\n'));
            }
        }
    }

    public static String json(ClusterView view) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("coordinator", address(view.coordinator()));
        root.put(
                "members",
                view.members().stream().map(ClusterStatusReport::member).toList());
        root.put("runs", view.runs().stream().map(ClusterStatusReport::run).toList());
        root.put("more_runs", view.moreRuns());
        return Json.dumps(root) + "\n";
    }

    private static Map<String, Object> member(ClusterView.Member member) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", address(member.node()));
        fields.put("status", member.status());
        fields.put("roles", List.copyOf(member.roles()));
        fields.put("workers", member.workers());
        fields.put("release", member.release());
        return fields;
    }

    private static Map<String, Object> run(RunView run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run.run());
        fields.put("job", run.job());
        fields.put("state", state(run));
        fields.put("submitted_at", run.submittedAt().toString());
        fields.put("ended_at", run.endedAt().map(Instant::toString).orElse(null));
        fields.put("outcome", run.outcome().map(ClusterStatusReport::word).orElse(null));
        fields.put("cancelled", run.cancelled());
        fields.put("arguments", run.arguments());
        fields.put("problem", run.problem().orElse(null));
        fields.put("unsaved", run.unsaved().orElse(null));
        fields.put("nodes", run.nodes().stream().map(ClusterStatusReport::share).toList());
        fields.put("progress", run.progress().map(ClusterStatusReport::progress).orElse(null));
        return fields;
    }

    private static Map<String, Object> share(RunView.Share share) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", address(share.node()));
        fields.put("workers", share.workers());
        fields.put("unfit", share.unfit().map(failure -> failure.message()).orElse(null));
        return fields;
    }

    private static Map<String, Object> progress(Progress progress) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("elapsed_seconds", progress.elapsed().toMillis() / 1000.0);
        fields.put("completed", progress.stats().completed());
        fields.put("abandoned", progress.stats().abandoned());
        fields.put("failed", progress.stats().failed());
        fields.put("throttled", progress.stats().throttled());
        fields.put("queued", progress.stats().queued());
        fields.put("leased", progress.stats().leased());
        fields.put("counts", new TreeMap<>(progress.counts()));
        return fields;
    }

    private static String state(RunView run) {
        return run.ended() ? "ended" : run.problem().isPresent() ? "waiting" : "running";
    }

    /** More than the state: how a run has ended, or that it is about to, as it was cancelled. */
    private static String stateInWords(RunView run) {
        return run.outcome()
                .map(ClusterStatusReport::word)
                .orElseGet(() -> run.cancelled() && !run.ended() ? "ending" : state(run));
    }

    private static String word(RunView.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String words(RunView run) {
        if (run.problem().isPresent()) {
            return TerminalText.escape(run.problem().get());
        }
        Optional<String> end = run.endedAt().map(at -> "ended at " + at.truncatedTo(ChronoUnit.SECONDS));
        return end.or(() -> run.progress().map(now -> words(run.job(), now))).orElse("");
    }

    /** Progress of a run as its own progress line shows it, with rates since the run began. */
    private static String words(String job, Progress now) {
        String elapsed = ProgressTicker.clock(now.elapsed());
        ProgressLine progressLine = GAUGES.get(job);
        return progressLine == null ? elapsed : progressLine.line(ProgressLine.BEGINNING, now) + "  " + elapsed;
    }

    /** Address of a node, without what distinguishes it from an earlier one at the same address. */
    private static String address(String node) {
        int at = node.indexOf('@');
        return at < 0 ? node : node.substring(0, at);
    }
}
