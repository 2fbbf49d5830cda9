package dev.muster.cluster;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Builds views of runs. */
final class RunViewFactory {
    static final int LISTED = 100;

    private RunViewFactory() {}

    static RunView active(
            RunState state, Progress progress, RemoteWorkerPool<?, ?> remoteWorkers, List<RunView.Notice> notices) {
        return view(
                state.record(),
                Optional.of(progress),
                remoteWorkers.shares(),
                remoteWorkers.allUnfit().map(failure -> "no node can do its tasks: " + failure.message()),
                state.unsaved()
                        .map(why -> "its checkpoint cannot be written (" + why + "), the last one is of "
                                + state.savedAt().truncatedTo(ChronoUnit.SECONDS)
                                + "; what was done since would be done again"),
                notices);
    }

    /** View of a run that does not continue at the moment. */
    static RunView waiting(RunView before, String problem) {
        return new RunView(
                before.run(),
                before.job(),
                before.arguments(),
                before.submittedAt(),
                before.cancelled(),
                before.endedAt(),
                before.outcome(),
                Optional.empty(),
                List.of(),
                Optional.of(problem),
                Optional.empty(),
                List.of());
    }

    /** View of a run of which only the name is known. */
    static RunView unread(String run) {
        return new RunView(
                run,
                "",
                Collections.emptySortedMap(),
                Instant.EPOCH,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** View of a run that has just been submitted or taken over, or has ended. */
    static RunView bare(RunRecord record) {
        return view(record, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Selects as many runs as are certain to fit into a message: first those that have not ended, then the newest;
     * ended ones without their arguments.
     */
    static List<RunView> listed(Collection<RunView> runs) {
        return runs.stream()
                .sorted(Comparator.comparing(RunView::ended)
                        .thenComparing(RunView::submittedAt, Comparator.reverseOrder())
                        .thenComparing(RunView::run))
                .limit(LISTED)
                .map(run -> run.ended() ? ended(run) : run)
                .toList();
    }

    private static RunView ended(RunView run) {
        return new RunView(
                run.run(),
                run.job(),
                Collections.emptySortedMap(),
                run.submittedAt(),
                run.cancelled(),
                run.endedAt(),
                run.outcome(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static RunView view(
            RunRecord record,
            Optional<Progress> progress,
            List<RunView.Share> nodes,
            Optional<String> problem,
            Optional<String> unsaved,
            List<RunView.Notice> notices) {
        return new RunView(
                record.run(),
                record.job(),
                record.arguments(),
                record.submittedAt(),
                record.cancelled(),
                record.endedAt(),
                record.outcome(),
                progress,
                nodes,
                problem,
                unsaved,
                notices);
    }
}
