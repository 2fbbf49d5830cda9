package dev.muster.events;

import dev.muster.engine.Failure;
import dev.muster.engine.SharedActor;
import dev.muster.events.dayfile.DayFile;
import dev.muster.events.dayfile.Flush;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A {@link DayFile} that may have to move to another machine: before it ends it writes what it holds, or gives it back.
 *
 * <p>Numbers that nobody has been told yet go to the next who asks, or to its successor. What nobody asks about, since
 * those who knew of it are gone, it writes by itself after a while.
 *
 * <p>Where its node's credentials work no longer it ends: its successor begins where they do, and the messages come again.
 */
final class DayKeeper extends AbstractBehavior<SharedActor.Command<DayRequest, DayAnswer>> {
    private record Written(SharedActor.Ask<DayRequest, DayAnswer> ask, Flush flush)
            implements SharedActor.Command<DayRequest, DayAnswer> {}

    private record Told(Flush flush, Consumer<Flush> next) implements SharedActor.Command<DayRequest, DayAnswer> {}

    private record Tick() implements SharedActor.Command<DayRequest, DayAnswer> {}

    private final ActorRef<DayFile.Command> dayFile;
    private Flush.Progress untold = Flush.Progress.NONE;
    private boolean askedLately = true;

    /** A keeper of a day file. */
    static Behavior<SharedActor.Command<DayRequest, DayAnswer>> create(
            Behavior<DayFile.Command> dayFile, Duration age) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Tick(), age);
            return new DayKeeper(context, context.spawn(dayFile, "day-file"));
        }));
    }

    private DayKeeper(
            ActorContext<SharedActor.Command<DayRequest, DayAnswer>> context, ActorRef<DayFile.Command> dayFile) {
        super(context);
        this.dayFile = dayFile;
        context.watch(dayFile); // it never ends before this does: if it breaks, so does this
    }

    @Override
    public Receive<SharedActor.Command<DayRequest, DayAnswer>> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onCommand).build();
    }

    private Behavior<SharedActor.Command<DayRequest, DayAnswer>> onCommand(
            SharedActor.Command<DayRequest, DayAnswer> command) {
        if (command instanceof SharedActor.Ask<DayRequest, DayAnswer> ask) {
            askedLately = true;
            onAsk(ask);
        } else if (command instanceof Written written) {
            onWritten(written);
            return unfit(written.flush()) ? Behaviors.stopped() : this;
        } else if (command instanceof Told told) {
            told.next().accept(told.flush());
        } else if (command instanceof SharedActor.Inherit<DayRequest, DayAnswer> inherit
                && inherit.left() instanceof DayAnswer.Done done) {
            untold = untold.plus(done.flush().progress());
        } else if (command instanceof SharedActor.Settle<DayRequest, DayAnswer> settle) {
            settle(settle.replyTo());
        } else if (command instanceof Tick) {
            onTick();
        }
        return this;
    }

    private void onAsk(SharedActor.Ask<DayRequest, DayAnswer> ask) {
        if (ask.question() instanceof DayRequest.Hold hold) {
            ActorRef<Integer> answer = once(held -> ask.answer(new DayAnswer.Held(held)));
            dayFile.tell(new DayFile.Add(hold.inFlightTable(), answer));
            return;
        }
        ActorRef<SharedActor.Command<DayRequest, DayAnswer>> self = getContext().getSelf();
        ActorRef<Flush> answer = once(flush -> self.tell(new Written(ask, flush)));
        dayFile.tell(
                ask.question() instanceof DayRequest.Write ? new DayFile.Write(answer) : new DayFile.Release(answer));
    }

    private void onWritten(Written written) {
        Flush flush = written.flush();
        if (flush.failure().isEmpty()) {
            flush = new Flush(Optional.empty(), untold.plus(flush.progress()));
            untold = Flush.Progress.NONE;
        }
        written.ask().answer(new DayAnswer.Done(flush));
    }

    private static boolean unfit(Flush flush) {
        return flush.failure()
                .map(Failure::kind)
                .filter(Failure.Kind.UNFIT::equals)
                .isPresent();
    }

    /** Those who would have asked may be gone: then nobody else knows what is held here. */
    private void onTick() {
        if (!askedLately) {
            dayFile.tell(new DayFile.Write(told(flush -> {})));
        }
        askedLately = false;
    }

    private void settle(ActorRef<SharedActor.Settled<DayAnswer>> replyTo) {
        dayFile.tell(new DayFile.Write(told(flush -> {
            boolean again = flush.failure().isEmpty()
                    && flush.progress().gone() + flush.progress().conflicts() > 0;
            if (again) {
                settle(replyTo); // it may have got more while it wrote
            } else {
                giveBack(replyTo);
            }
        })));
    }

    private void giveBack(ActorRef<SharedActor.Settled<DayAnswer>> replyTo) {
        dayFile.tell(new DayFile.Release(told(flush -> replyTo.tell(new SharedActor.Settled<>(
                untold.equals(Flush.Progress.NONE)
                        ? Optional.empty()
                        : Optional.of(new DayAnswer.Done(new Flush(Optional.empty(), untold))))))));
    }

    /** For an answer that is this keeper's own: its numbers are kept, then it goes on. */
    private ActorRef<Flush> told(Consumer<Flush> next) {
        ActorRef<SharedActor.Command<DayRequest, DayAnswer>> self = getContext().getSelf();
        return once(flush -> self.tell(new Told(flush, done -> {
            untold = untold.plus(done.progress());
            next.accept(done);
        })));
    }

    private <M> ActorRef<M> once(Consumer<M> use) {
        return getContext().spawnAnonymous(Behaviors.receiveMessage(message -> {
            use.accept(message);
            return Behaviors.stopped();
        }));
    }
}
