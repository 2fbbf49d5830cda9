package dev.muster.report.browse;

import dev.muster.report.saved.ReportHistory;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReportReader;
import dev.muster.report.saved.UnreadableReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Report to browse, which is read again whenever its file has changed: a file that an audit wrote, the newest in a directory
 * of such files, or the checkpoint of a run.
 */
public final class ReportSource {
    private static final String REMEDY = "give a file that muster audit --format json wrote";

    /** A report as it is shown. */
    public record Reading(EstateNode root, String title) {}

    /** A state of a file. */
    private record Stamp(Path file, FileTime modified, long size) {}

    private final Path place;
    private Optional<Stamp> seen = Optional.empty();
    private boolean opened;

    private ReportSource(Path place) {
        this.place = place;
    }

    /** The report in a file or a directory. */
    public static ReportSource of(Path place) {
        return new ReportSource(place);
    }

    /**
     * The checkpoint of an audit below a user's state directory that was written last.
     *
     * @throws UnreadableReportException if there is none
     */
    public static ReportSource ofNewestRun(Path state) {
        try {
            return of(newestCheckpoint(state)
                    .orElseThrow(() -> new UnreadableReportException(
                            "no audit of this user is under way, and none was interrupted: " + REMEDY, null)));
        } catch (IOException e) {
            throw new UnreadableReportException("cannot look for runs in " + state + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> newestIn(Path directory) throws IOException {
        Path checkpoint = directory.resolve(CheckpointReport.FILE);
        if (Files.exists(checkpoint)) {
            return Optional.of(checkpoint);
        }
        List<Path> reports = new ReportHistory(directory).files();
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.get(reports.size() - 1));
    }

    private static Optional<Path> newestCheckpoint(Path state) throws IOException {
        if (!Files.isDirectory(state)) {
            return Optional.empty();
        }
        try (Stream<Path> runs = Files.list(state)) {
            return runs.filter(run -> CheckpointReport.JOBS.contains(
                            run.getFileName().toString().replaceFirst("-.*", "")))
                    .map(run -> run.resolve(CheckpointReport.FILE))
                    .filter(Files::exists)
                    .max(Comparator.comparing(ReportSource::modified));
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.from(Instant.EPOCH);
        }
    }

    /**
     * Reads the report if it is not the one that was read last; empty if it is. Each state of the file is read once, whether
     * or not it can be read.
     *
     * @throws UnreadableReportException with a message for people
     */
    public Optional<Reading> changed() {
        Path file = file();
        Optional<Stamp> now = stamp(file);
        if (opened && now.equals(seen)) {
            return Optional.empty();
        }
        if (opened && now.isEmpty()) {
            seen = now;
            throw new UnreadableReportException("the file is gone: this is how it was; the run may have ended", null);
        }
        seen = now;
        opened = true;
        return Optional.of(read(file));
    }

    private Path file() {
        if (!Files.isDirectory(place)) {
            return place;
        }
        try {
            return newestIn(place).orElse(place.resolve(CheckpointReport.FILE));
        } catch (IOException e) {
            throw new UnreadableReportException("cannot look for a report in " + place + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            return Optional.of(new Stamp(file, Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Reading read(Path file) {
        boolean checkpoint = file.endsWith(CheckpointReport.FILE);
        if (checkpoint && !Files.exists(file)) {
            throw new UnreadableReportException(
                    "there is neither a checkpoint nor a report of --history in " + file.getParent() + ": " + REMEDY,
                    null);
        }
        SavedReport report = checkpoint ? CheckpointReport.read(file) : SavedReportReader.read(file);
        return new Reading(EstateNode.of(report), title(file, report, checkpoint));
    }

    private static String title(Path file, SavedReport report, boolean checkpoint) {
        String since = report.startedAt() == null
                ? ""
                : report.startedAt().toString().substring(0, 16).replace('T', ' ');
        if (checkpoint) {
            Duration worked = Duration.ofMillis(Math.round(report.elapsedSeconds() * 1000));
            return "run of " + since + ", counted for " + worked.toMinutes() + " min " + worked.toSecondsPart() + " s";
        }
        return file.getFileName() + "  " + since + "  " + (report.complete() ? "complete" : report.gap());
    }
}
