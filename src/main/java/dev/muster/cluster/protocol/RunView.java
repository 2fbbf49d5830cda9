package dev.muster.cluster.protocol;

import dev.muster.engine.Failure;
import dev.muster.engine.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A run as people see it.
 *
 * @param job the command; empty while the run's state cannot be read
 * @param cancelled whether somebody has asked the run to end; then it ends soon, or did for that reason
 * @param endedAt empty while the run goes on
 * @param outcome empty while the run goes on
 * @param progress as it was at most a second ago; empty before the first, and after the end
 * @param nodes who works for it
 * @param problem why it does not go on at the moment
 * @param notices what was lately said of outages that it waits for
 */
public record RunView(
        String run,
        String job,
        SortedMap<String, String> arguments,
        Instant submittedAt,
        boolean cancelled,
        Optional<Instant> endedAt,
        Optional<Outcome> outcome,
        Optional<Progress> progress,
        List<Share> nodes,
        Optional<String> problem,
        List<Notice> notices) {
    /** End of a run. */
    public enum Outcome {
        COMPLETE,
        /** Finished, but some tasks were given up. */
        INCOMPLETE,
        CANCELLED,
        /** It could not go on. */
        FAILED
    }

    /**
     * A node's part in a run.
     *
     * @param unfit why the node gets no tasks
     */
    public record Share(String node, int workers, Optional<Failure> unfit) {}

    /**
     * Something to be said once.
     *
     * @param number grows from notice to notice, while the run has one coordinator
     */
    public record Notice(long number, String text) {}

    public RunView {
        nodes = List.copyOf(nodes);
        notices = notices == null ? List.of() : List.copyOf(notices);
    }

    public boolean ended() {
        return endedAt.isPresent();
    }
}
