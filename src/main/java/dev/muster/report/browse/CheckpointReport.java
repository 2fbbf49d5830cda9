package dev.muster.report.browse;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditTask;
import dev.muster.audit.ObjectFilter;
import dev.muster.audit.stats.Ranking;
import dev.muster.engine.Checkpoint;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.Checkpoint.StoredCheckpoint;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditReport;
import dev.muster.report.AuditReport.RunFacts;
import dev.muster.report.BreakdownView;
import dev.muster.report.PrefixOrder;
import dev.muster.report.ReportOptions;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.UnreadableReportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Report of a run that is under way or was interrupted, as far as its checkpoint tells. */
final class CheckpointReport {
    /** Name of the file in a run's checkpoint directory. */
    static final String FILE = "checkpoint.json";

    /** The jobs that count buckets. */
    static final Set<String> JOBS = Set.of("audit", "du");

    private CheckpointReport() {}

    /**
     * Reads a checkpoint.
     *
     * @throws UnreadableReportException names the file and the reason
     */
    static SavedReport read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(CheckpointCodec.read(in, AuditTask.class, AuditPartial.class));
        } catch (IOException | CheckpointException e) {
            throw new UnreadableReportException("cannot read the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private static SavedReport of(StoredCheckpoint<AuditTask, AuditPartial> stored) {
        Checkpoint<AuditTask, AuditPartial> state = stored.state();
        RunFacts facts = RunFacts.of(
                false,
                false,
                state.startedAt(),
                Duration.ofMillis(state.elapsedMillis()),
                state.stats().tries(),
                state.outstanding().stream().map(Checkpoint.PendingTask::work).toList());
        return AuditReport.of(state.summary(), facts, options(stored.arguments()), List.of())
                .saved();
    }

    private static ReportOptions options(Map<String, String> arguments) {
        String depth = arguments.getOrDefault("depth", "");
        return new ReportOptions(
                Set.of(Ranking.NEWEST),
                0,
                false,
                SizeUnit.AUTO,
                Boolean.parseBoolean(arguments.get("versions")),
                Boolean.parseBoolean(arguments.get("uploads")),
                Integer.MAX_VALUE,
                ObjectFilter.NONE,
                new BreakdownView(
                        depth.matches("\\d{1,4}") ? Integer.parseInt(depth) : -1, 0, 0, PrefixOrder.BYTES, List.of()));
    }
}
