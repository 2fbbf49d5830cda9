package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** The messages of an actor in which a job keeps what its tasks share, under a name that there is once in a cluster. */
public final class SharedActor {
    private SharedActor() {}

    /**
     * What a keeper is told.
     *
     * @param <Q> what it is asked
     * @param <A> what it answers
     */
    public interface Command<Q, A> {}

    /** To be answered once. The same question does not come twice. */
    public record Ask<Q, A>(String id, Q question, ActorRef<Answer<A>> replyTo) implements Command<Q, A> {
        public Ask {
            requireNonNull(id, "id is null");
            requireNonNull(question, "question is null");
            requireNonNull(replyTo, "replyTo is null");
        }

        public void answer(A answer) {
            replyTo.tell(new Answer<>(id, answer));
        }
    }

    public record Answer<A>(String id, A answer) {}

    /** What its predecessor has told nobody. */
    public record Inherit<Q, A>(A left) implements Command<Q, A> {}

    /** The keeper is to end here: make durable, or give back, all that is kept, and say so. No question follows. */
    public record Settle<Q, A>(ActorRef<Settled<A>> replyTo) implements Command<Q, A> {}

    /**
     * Nothing is kept any more.
     *
     * @param left what nobody has been told yet, for a successor
     */
    public record Settled<A>(Optional<A> left) {}
}
