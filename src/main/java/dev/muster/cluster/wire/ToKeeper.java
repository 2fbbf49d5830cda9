package dev.muster.cluster.wire;

import org.apache.pekko.actor.typed.ActorRef;

/** What a run's keeper is told, wherever it lives; it is found by the name of its run and its own. */
public interface ToKeeper {
    /**
     * A question in the job's own words. Repeated under the same id until it is answered.
     *
     * @param id names the question
     */
    record Ask(String id, Payload question, ActorRef<Answer> replyTo) implements ToKeeper, Wire {}

    record Answer(Payload answer) implements Wire {}

    /** What a predecessor on another node could tell nobody. */
    record Inherit(Payload left) implements ToKeeper, Wire {}
}
