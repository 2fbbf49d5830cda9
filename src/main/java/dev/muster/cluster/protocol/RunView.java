package dev.muster.cluster.protocol;

import dev.muster.engine.Failure;
import dev.muster.engine.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * View of a run for users.
 *
 * @param job the command; empty while the run's state cannot be read
 * @param cancelled whether someone has asked the run to end; then it ends soon, or did for that reason
 * @param endedAt empty while the run continues
 * @param outcome empty while the run continues
 * @param progress the progress at most a second ago; empty at the beginning and after the end
 * @param nodes the nodes that work for it
 * @param problem reason why it does not continue at the moment
 * @param unsaved reason why a run that continues cannot be kept at the moment; empty if it is
 * @param notices recent notices about outages that it waits for
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
        Optional<String> unsaved,
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
     * Part of a node in a run.
     *
     * @param unfit reason why the node gets no tasks
     */
    public record Share(String node, int workers, Optional<Failure> unfit) {}

    /**
     * A message to be shown once.
     *
     * @param number the number that grows from notice to notice, while the run has the same coordinator
     */
    public record Notice(long number, String text) {}

    public RunView {
        nodes = List.copyOf(nodes);
        unsaved = unsaved == null ? Optional.empty() : unsaved; // nodes of earlier releases do not tell
        notices = notices == null ? List.of() : List.copyOf(notices);
    }

    public boolean ended() {
        return endedAt.isPresent();
    }
}
