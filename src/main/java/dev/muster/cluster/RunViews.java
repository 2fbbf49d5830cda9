package dev.muster.cluster;

import dev.muster.cluster.state.RunRecord;
import dev.muster.cluster.wire.RunView;
import dev.muster.engine.Progress;
import java.util.List;
import java.util.Optional;

/** Makes views of runs. */
final class RunViews {
    private RunViews() {}

    static RunView active(RunRecord record, Progress progress, List<RunView.Share> nodes) {
        return view(record, Optional.of(progress), nodes, Optional.empty());
    }

    /** A run without a coordinator at the moment. */
    static RunView waiting(RunRecord record, String problem) {
        return view(record, Optional.empty(), List.of(), Optional.of(problem));
    }

    /** A run that has just been submitted or taken over, or has ended. */
    static RunView bare(RunRecord record) {
        return view(record, Optional.empty(), List.of(), Optional.empty());
    }

    private static RunView view(
            RunRecord record, Optional<Progress> progress, List<RunView.Share> nodes, Optional<String> problem) {
        return new RunView(
                record.run(),
                record.job(),
                record.arguments(),
                record.submittedAt(),
                record.ended(),
                progress,
                nodes,
                problem);
    }
}
