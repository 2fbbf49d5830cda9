package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import dev.muster.cluster.protocol.RunView;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Record of a run, without its checkpoint.
 *
 * @param version of the record's format
 * @param run its name, which the client chose: up to 100 letters, digits, dots, underscores and hyphens
 * @param job the command, such as {@code audit}
 * @param arguments the arguments that the job is created from; no secrets
 * @param epoch number of coordinators so far; 0 before the first
 * @param cancelled whether someone has asked the run to end: its next coordinator ends it
 * @param endedAt empty while the run continues
 * @param outcome empty while the run continues
 */
public record RunRecord(
        int version,
        String run,
        String job,
        SortedMap<String, String> arguments,
        Instant submittedAt,
        long epoch,
        boolean cancelled,
        Optional<Instant> endedAt,
        Optional<RunView.Outcome> outcome) {
    /** Changes whenever an older record could be misread. */
    public static final int VERSION = 2;

    /** Pattern of names that are valid in names of objects and files everywhere. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public RunRecord {
        if (!NAME.matcher(requireNonNull(run, "run is null")).matches()) {
            throw new IllegalArgumentException("a run's name is made of letters, digits, '.', '_' and '-'");
        }
        requireNonNull(job, "job is null");
        arguments = new TreeMap<>(arguments);
        requireNonNull(submittedAt, "submittedAt is null");
        requireNonNull(endedAt, "endedAt is null");
        requireNonNull(outcome, "outcome is null");
    }

    /** Record of a run without a coordinator so far. */
    public static RunRecord submitted(String run, String job, SortedMap<String, String> arguments, Instant now) {
        return new RunRecord(VERSION, run, job, arguments, now, 0, false, Optional.empty(), Optional.empty());
    }

    public boolean ended() {
        return endedAt.isPresent();
    }

    RunRecord withEpoch(long newEpoch) {
        return new RunRecord(version, run, job, arguments, submittedAt, newEpoch, cancelled, endedAt, outcome);
    }

    RunRecord cancel() {
        return new RunRecord(version, run, job, arguments, submittedAt, epoch, true, endedAt, outcome);
    }

    RunRecord ended(Instant now, RunView.Outcome how) {
        return new RunRecord(
                version, run, job, arguments, submittedAt, epoch, cancelled, Optional.of(now), Optional.of(how));
    }

    /** Record of the run as a continued one; its previous coordinator can no longer write. */
    RunRecord resumed() {
        return new RunRecord(
                version, run, job, arguments, submittedAt, epoch + 1, false, Optional.empty(), Optional.empty());
    }
}
