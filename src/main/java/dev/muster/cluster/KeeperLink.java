package dev.muster.cluster;

import dev.muster.cluster.wire.Payload;
import dev.muster.cluster.wire.PayloadCodec;
import dev.muster.cluster.wire.ToKeeper;
import dev.muster.engine.actor.Keeper;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Between a {@link KeeperEntity}, of which it is a part, and the job's own actor: decodes, encodes, and lets no question
 * through twice. A question that is repeated after its answer gets the same answer, for a while.
 */
final class KeeperLink<Q, A> {
    /** From the job's actor. */
    record Answered(Keeper.Answer<?> answer) implements ToKeeper {}

    /** From the job's actor. */
    record Settled(Keeper.Settled<?> settled) implements ToKeeper {}

    /** More than a busy keeper gives until a question whose answer was lost is repeated. */
    private static final int ANSWERS_KEPT = 1000;

    private final ActorContext<ToKeeper> context;
    private final PayloadCodec<Q> questions;
    private final PayloadCodec<A> answers;
    private final Behavior<Keeper.Command<Q, A>> behavior;
    private final Map<String, ActorRef<ToKeeper.Answer>> open = new HashMap<>();
    private final Map<String, ToKeeper.Answer> answered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ToKeeper.Answer> eldest) {
            return size() > ANSWERS_KEPT;
        }
    };
    private ActorRef<Keeper.Command<Q, A>> keeper;
    private ActorRef<Keeper.Answer<A>> toEntity;

    KeeperLink(ActorContext<ToKeeper> context, KeeperType<Q, A> type, Behavior<Keeper.Command<Q, A>> behavior) {
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
        toEntity = context.messageAdapter((Class<Keeper.Answer<A>>) (Class<?>) Keeper.Answer.class, Answered::new);
    }

    void tell(ToKeeper work) {
        try {
            if (work instanceof ToKeeper.Ask ask) {
                ask(ask);
            } else if (work instanceof ToKeeper.Inherit inherit) {
                keeper.tell(new Keeper.Inherit<>(answers.decode(inherit.left())));
            }
        } catch (IOException e) {
            // Unanswered it is repeated, and in the end it fails where it was asked.
            context.getLog().error("cannot read what a keeper is told: {}", e.getMessage());
        }
    }

    private void ask(ToKeeper.Ask ask) throws IOException {
        ToKeeper.Answer again = answered.get(ask.id());
        if (again != null) {
            ask.replyTo().tell(again);
        } else if (open.put(ask.id(), ask.replyTo()) == null) {
            keeper.tell(new Keeper.Ask<>(ask.id(), questions.decode(ask.question()), toEntity));
        }
    }

    void onAnswer(Answered message) {
        String id = message.answer().id();
        encoded(message.answer().answer()).map(ToKeeper.Answer::new).ifPresent(answer -> {
            answered.put(id, answer);
            open.remove(id).tell(answer);
        });
    }

    void settle() {
        @SuppressWarnings("unchecked") // as above
        Class<Keeper.Settled<A>> type = (Class<Keeper.Settled<A>>) (Class<?>) Keeper.Settled.class;
        keeper.tell(new Keeper.Settle<>(context.messageAdapter(type, Settled::new)));
    }

    /** What nobody has been told yet. */
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
