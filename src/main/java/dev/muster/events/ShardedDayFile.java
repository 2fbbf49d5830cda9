package dev.muster.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.engine.Failure;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.queue.MessageSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.japi.function.Function;

/**
 * A {@link DayFile} in a cluster, which may have to move to another machine: before it ends, it writes what it holds or
 * returns it to the queue.
 *
 * <p>Numbers that have not been reported yet go to the next asker, or to its successor. If nobody asks, because those
 * who knew of the messages are gone, it writes them by itself after a while.
 *
 * <p>If its node's credentials no longer work, it ends: its successor starts on a node where they do, and the messages
 * come again.
 */
public final class ShardedDayFile extends AbstractBehavior<ShardedDayFile.Command> {
    /** Messages of askers, and of the actor itself. */
    public interface Command {}

    /** A question to be answered once. */
    public record Ask(Question question, ActorRef<Answer> replyTo) implements Command {}

    /** An answer that a predecessor on another machine has not delivered. */
    public record Inherit(Answer left) implements Command {}

    /**
     * Make durable, or return, everything that is held; the answer is what has not been reported yet. No question
     * follows.
     */
    public record Settle(ActorRef<Optional<Answer>> replyTo) implements Command {}

    private record Holding(int messages, ActorRef<Answer> replyTo) implements Command {}

    private record Written(Flush flush, ActorRef<Answer> replyTo) implements Command {}

    private record WrittenUnasked(Flush flush, Consumer<Flush> next) implements Command {}

    private record Tick() implements Command {}

    /** A question, perhaps from another machine. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Question.Hold.class, name = "hold"),
        @JsonSubTypes.Type(value = Question.Write.class, name = "write"),
        @JsonSubTypes.Type(value = Question.Release.class, name = "release")
    })
    public sealed interface Question {
        /** Hold these messages. */
        record Hold(List<InFlightMessage> messages) implements Question {
            public Hold {
                messages = List.copyOf(messages);
            }
        }

        /** Write what is held, then delete it from the queue. */
        record Write() implements Question {}

        /** Return what is held to the queue. */
        record Release() implements Question {}
    }

    /** An answer to a question. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Answer.Held.class, name = "held"),
        @JsonSubTypes.Type(value = Answer.Done.class, name = "done")
    })
    public sealed interface Answer {
        /** Number of messages that are held now. */
        record Held(int messages) implements Answer {}

        /** Result of writing or returning. */
        record Done(Flush flush) implements Answer {}
    }

    /** Asks the one day file of a destination, wherever in the cluster it runs. */
    @FunctionalInterface
    public interface Cluster {
        /** Asks; fails if there is no answer in time, and then it is unknown what the destination did. */
        CompletableFuture<Answer> ask(String destination, Question question, Duration timeout);
    }

    /** The destinations that one node of a cluster holds for a run. */
    public record Host(StoreFactory stores, MessageSource messageSource, EventsSettings settings)
            implements AutoCloseable {
        /** The actor that holds a destination's messages. */
        public Behavior<Command> dayFile(String destination) {
            return create(
                    DayFile.create(stores.of(destination), messageSource, settings.visibility(), System::nanoTime),
                    unaskedFor());
        }

        /**
         * Time after which it writes unasked: half a visibility timeout, as a drained queue is watched for a whole one
         * after a loss, before the run can end.
         */
        private Duration unaskedFor() {
            Duration quarter = settings.visibility().dividedBy(4);
            Duration age = settings.flushAt().age();
            return age.compareTo(quarter) < 0 ? age : quarter;
        }

        @Override
        public void close() {
            messageSource.close();
            stores.tempDirectory().close();
        }
    }

    /** No timeout: the day file answers when it can; if it breaks, so does this actor. */
    private static final Duration FOR_EVER = Duration.ofDays(30);

    private final ActorRef<DayFile.Command> dayFile;
    private Flush.Progress untold = Flush.Progress.NONE;
    private boolean askedLately = true;

    /**
     * A day file that holds nothing yet.
     *
     * @param age the age of messages after which it writes them unasked
     */
    static Behavior<Command> create(Behavior<DayFile.Command> dayFile, Duration age) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Tick(), age);
            return new ShardedDayFile(context, context.spawn(dayFile, "day-file"));
        }));
    }

    private ShardedDayFile(ActorContext<Command> context, ActorRef<DayFile.Command> dayFile) {
        super(context);
        this.dayFile = dayFile;
        context.watch(dayFile); // it never ends before this actor: if it breaks, so does this one
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, this::onAsk)
                .onMessage(Holding.class, this::onHolding)
                .onMessage(Written.class, this::onWritten)
                .onMessage(WrittenUnasked.class, this::onWrittenUnasked)
                .onMessage(Inherit.class, this::onInherit)
                .onMessage(Settle.class, this::onSettle)
                .onMessage(Tick.class, tick -> onTick())
                .build();
    }

    private Behavior<Command> onAsk(Ask ask) {
        askedLately = true;
        if (ask.question() instanceof Question.Hold hold) {
            getContext()
                    .ask(
                            Integer.class,
                            dayFile,
                            FOR_EVER,
                            replyTo -> new DayFile.Add(hold.messages(), replyTo),
                            (held, error) -> new Holding(held, ask.replyTo()));
        } else if (ask.question() instanceof Question.Write) {
            flush(DayFile.Write::new, flush -> new Written(flush, ask.replyTo()));
        } else {
            flush(DayFile.Release::new, flush -> new Written(flush, ask.replyTo()));
        }
        return this;
    }

    private void flush(Function<ActorRef<Flush>, DayFile.Command> command, Function<Flush, Command> then) {
        getContext().ask(Flush.class, dayFile, FOR_EVER, command, (flush, error) -> then.apply(flush));
    }

    private Behavior<Command> onHolding(Holding holding) {
        holding.replyTo().tell(new Answer.Held(holding.messages()));
        return this;
    }

    private Behavior<Command> onWritten(Written written) {
        Flush flush = written.flush();
        if (flush.failure().isEmpty()) {
            flush = new Flush(Optional.empty(), untold.plus(flush.progress()));
            untold = Flush.Progress.NONE;
        }
        written.replyTo().tell(new Answer.Done(flush));
        boolean unfit = flush.failure()
                .filter(failure -> failure.kind() == Failure.Kind.UNFIT)
                .isPresent();
        return unfit ? Behaviors.stopped() : this;
    }

    /** Keeps the numbers for the next answer. */
    private Behavior<Command> onWrittenUnasked(WrittenUnasked written) {
        untold = untold.plus(written.flush().progress());
        written.next().accept(written.flush());
        return this;
    }

    private Behavior<Command> onInherit(Inherit inherit) {
        if (inherit.left() instanceof Answer.Done done) {
            untold = untold.plus(done.flush().progress());
        }
        return this;
    }

    /** Writes unasked, as those who would have asked may be gone and nobody else knows what is held here. */
    private Behavior<Command> onTick() {
        if (!askedLately) {
            flush(DayFile.Write::new, flush -> new WrittenUnasked(flush, done -> {}));
        }
        askedLately = false;
        return this;
    }

    private Behavior<Command> onSettle(Settle settle) {
        flush(
                DayFile.Write::new,
                flush -> new WrittenUnasked(flush, done -> {
                    boolean again = done.failure().isEmpty()
                            && done.progress().gone() + done.progress().conflicts() > 0;
                    if (again) {
                        onSettle(settle); // it may have received more while it was writing
                    } else {
                        giveBack(settle.replyTo());
                    }
                }));
        return this;
    }

    private void giveBack(ActorRef<Optional<Answer>> replyTo) {
        flush(
                DayFile.Release::new,
                flush -> new WrittenUnasked(
                        flush,
                        done -> replyTo.tell(
                                untold.equals(Flush.Progress.NONE)
                                        ? Optional.empty()
                                        : Optional.of(new Answer.Done(new Flush(Optional.empty(), untold))))));
    }
}
