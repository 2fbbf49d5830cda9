package dev.muster.cluster;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Type of the actors in which a job keeps what its tasks share: one for each name in the whole cluster, on a node
 * chosen by Cluster Sharding.
 *
 * @param <Q> questions to an actor
 * @param <A> its answers
 * @param <C> its own commands, created from messages of the network
 */
public interface ShardedActorType<Q, A, C> {
    /** Resources that a run's actors on one node share, such as clients with the node's credentials. */
    interface Host<C> extends AutoCloseable {
        /** Completes if the node can hold actors of the run, and fails with the reason if it cannot. */
        CompletableFuture<Void> fit();

        /** The actor with a name. */
        Behavior<C> actor(String name);

        /** Called when the last actor of the run on this node has ended. */
        @Override
        void close();
    }

    Class<Q> questionType();

    Class<A> answerType();

    /**
     * The host of a run on this node, created when the first of its actors starts here.
     *
     * @throws RuntimeException if this node cannot hold any actor of the run
     */
    Host<C> host(SortedMap<String, String> arguments, ActorSystem<?> node);

    /** A question, to be answered once. The same question does not come twice. */
    C ask(Q question, ActorRef<A> replyTo);

    /** An answer that a predecessor has not delivered. */
    C inherit(A left);

    /**
     * Ends the actor here: it makes everything that it holds durable, or returns it, and answers with what has not been
     * delivered yet. No question follows.
     */
    C settle(ActorRef<Optional<A>> replyTo);
}
