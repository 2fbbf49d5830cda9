package dev.muster.cluster.protocol;

import java.util.Optional;

/**
 * The answer to whatever a client asks of one run.
 *
 * @param view the run; empty if it was refused
 * @param refusal why it was refused, in words for people
 */
public record RunReply(Optional<RunView> view, Optional<String> refusal) implements ClusterMessage {
    public static RunReply of(RunView view) {
        return new RunReply(Optional.of(view), Optional.empty());
    }

    public static RunReply refused(String why) {
        return new RunReply(Optional.empty(), Optional.of(why));
    }
}
