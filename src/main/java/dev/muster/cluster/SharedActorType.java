package dev.muster.cluster;

import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The keepers of a job: actors in which it keeps what tasks share, one for each name in the whole cluster, wherever Cluster
 * Sharding has it live.
 *
 * @param <Q> what they are asked
 * @param <A> what they answer
 */
public interface SharedActorType<Q, A> {
    Class<Q> questionType();

    Class<A> answerType();

    /**
     * What the keepers of a run on this node share, made when the first of them comes to live here.
     *
     * @throws RuntimeException if this node cannot keep anything for the run
     */
    SharedActorHost<Q, A> host(SortedMap<String, String> arguments, ActorSystem<?> node);
}
