package dev.muster.cluster.protocol;

import org.apache.pekko.actor.typed.ActorRef;

/** What a run's keeper is told, wherever it lives; it is found by the name of its run and its own. */
public interface SharedActorProtocol {
    /**
     * A question in the job's own words. Repeated under the same id until it is answered.
     *
     * @param id names the question
     */
    record Ask(String id, Payload question, ActorRef<Answer> replyTo) implements SharedActorProtocol, ClusterMessage {}

    record Answer(Payload answer) implements ClusterMessage {}

    /** What a predecessor on another node could tell nobody. */
    record Inherit(Payload left) implements SharedActorProtocol, ClusterMessage {}
}
