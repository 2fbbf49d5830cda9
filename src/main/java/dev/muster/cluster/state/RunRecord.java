package dev.muster.cluster.state;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a run without its checkpoint.
 *
 * @param version of this record's form
 * @param run its name, which the client chose
 * @param job the command, such as {@code audit}
 * @param arguments what the job is made from; no secrets
 * @param epoch grows with each coordinator; 0 while there was none
 * @param endedAt empty while the run goes on
 */
public record RunRecord(
        int version,
        String run,
        String job,
        SortedMap<String, String> arguments,
        Instant submittedAt,
        long epoch,
        Optional<Instant> endedAt) {
    /** Changes whenever an older record could be misread. */
    public static final int VERSION = 1;

    public RunRecord {
        requireNonNull(run, "run is null");
        requireNonNull(job, "job is null");
        arguments = new TreeMap<>(arguments);
        requireNonNull(submittedAt, "submittedAt is null");
        requireNonNull(endedAt, "endedAt is null");
    }

    /** A run that nobody has coordinated yet. */
    public static RunRecord submitted(String run, String job, SortedMap<String, String> arguments, Instant now) {
        return new RunRecord(VERSION, run, job, arguments, now, 0, Optional.empty());
    }

    public boolean ended() {
        return endedAt.isPresent();
    }

    RunRecord withEpoch(long newEpoch) {
        return new RunRecord(version, run, job, arguments, submittedAt, newEpoch, endedAt);
    }

    RunRecord ended(Instant now) {
        return new RunRecord(version, run, job, arguments, submittedAt, epoch, Optional.of(now));
    }
}
