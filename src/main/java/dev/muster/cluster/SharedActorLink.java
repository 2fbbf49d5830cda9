package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.cluster.protocol.SharedActorProtocol;
import dev.muster.engine.SharedActor;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Between a {@link SharedActorEntity}, of which it is a part, and the job's own actor: decodes, encodes, and lets no question
 * through twice. A question that is repeated after its answer gets the same answer, for a while.
 */
final class SharedActorLink<Q, A> {
    /** From the job's actor. */
    record Answered(SharedActor.Answer<?> answer) implements SharedActorProtocol {}

    /** From the job's actor. */
    record Settled(SharedActor.Settled<?> settled) implements SharedActorProtocol {}

    /** More than a busy keeper gives until a question whose answer was lost is repeated. */
    private static final int ANSWERS_KEPT = 1000;

    private final ActorContext<SharedActorProtocol> context;
    private final PayloadCodec<Q> questions;
    private final PayloadCodec<A> answers;
    private final Behavior<SharedActor.Command<Q, A>> behavior;
    private final Map<String, ActorRef<SharedActorProtocol.Answer>> open = new HashMap<>();
    private final Map<String, SharedActorProtocol.Answer> answered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SharedActorProtocol.Answer> eldest) {
            return size() > ANSWERS_KEPT;
        }
    };
    private ActorRef<SharedActor.Command<Q, A>> keeper;
    private ActorRef<SharedActor.Answer<A>> toEntity;

    SharedActorLink(
            ActorContext<SharedActorProtocol> context,
            SharedActorType<Q, A> type,
            Behavior<SharedActor.Command<Q, A>> behavior) {
        this.context = context;
        this.questions = new PayloadCodec<>(type.questionType());
        this.answers = new PayloadCodec<>(type.answerType());
        this.behavior = behavior;
    }

    /** Starts the job's actor; without it there is no keeper. */
    @SuppressWarnings("unchecked") // the class of an answer says nothing of what it holds
    void start() {
        keeper = context.spawn(behavior, "keeper");
        context.watch(keeper);
        toEntity = context.messageAdapter(
                (Class<SharedActor.Answer<A>>) (Class<?>) SharedActor.Answer.class, Answered::new);
    }

    void tell(SharedActorProtocol work) {
        try {
            if (work instanceof SharedActorProtocol.Ask ask) {
                ask(ask);
            } else if (work instanceof SharedActorProtocol.Inherit inherit) {
                keeper.tell(new SharedActor.Inherit<>(answers.decode(inherit.left())));
            }
        } catch (IOException e) {
            // Unanswered it is repeated, and in the end it fails where it was asked.
            context.getLog().error("cannot read what a keeper is told: {}", e.getMessage());
        }
    }

    private void ask(SharedActorProtocol.Ask ask) throws IOException {
        SharedActorProtocol.Answer again = answered.get(ask.id());
        if (again != null) {
            ask.replyTo().tell(again);
        } else if (open.put(ask.id(), ask.replyTo()) == null) {
            keeper.tell(new SharedActor.Ask<>(ask.id(), questions.decode(ask.question()), toEntity));
        }
    }

    void onAnswer(Answered message) {
        String id = message.answer().id();
        encoded(message.answer().answer()).map(SharedActorProtocol.Answer::new).ifPresent(answer -> {
            answered.put(id, answer);
            open.remove(id).tell(answer);
        });
    }

    void settle() {
        @SuppressWarnings("unchecked") // as above
        Class<SharedActor.Settled<A>> type = (Class<SharedActor.Settled<A>>) (Class<?>) SharedActor.Settled.class;
        keeper.tell(new SharedActor.Settle<>(context.messageAdapter(type, Settled::new)));
    }

    /** Counts that nobody has been told yet. */
    Optional<Payload> left(Settled message) {
        return message.settled().left().flatMap(this::encoded);
    }

    @SuppressWarnings("unchecked") // from this keeper
    private Optional<Payload> encoded(Object answer) {
        try {
            return Optional.of(answers.encode((A) answer));
        } catch (IOException e) {
            context.getLog().error("cannot write what a keeper says: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
