package dev.muster.cluster;

import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Fields of every log line besides its text, in SLF4J's mapped diagnostic context. */
final class LogFields {
    static final String RUN = "run";
    static final String NODE = "node";
    /** Key of single log events: the lease of a task. */
    static final String TASK = "task";

    private LogFields() {}

    /** An actor that names its run and this node in its log. */
    @SuppressWarnings("unchecked") // the class is only used to tell whether a message is one of the actor's
    static <M> Behavior<M> of(String run, String node, Class<? super M> messages, Behavior<M> behavior) {
        return Behaviors.withMdc((Class<M>) messages, Map.of(RUN, run, NODE, node), behavior);
    }
}
