package dev.muster.cluster;

import dev.muster.engine.SharedActor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Keepers that answer with what they have been told so far, and leave to their successors what they know. */
final class ToyKeepers implements SharedActorType<String, String> {
    private final Supplier<CompletableFuture<Void>> fit;

    /** Keepers of a node that is fit. */
    ToyKeepers() {
        this(() -> CompletableFuture.completedFuture(null));
    }

    /**
     * Keepers of a node that may not be fit.
     *
     * @param fit what the node finds out about itself; may throw, as where it lacks what keepers share
     */
    ToyKeepers(Supplier<CompletableFuture<Void>> fit) {
        this.fit = fit;
    }

    @Override
    public Class<String> questionType() {
        return String.class;
    }

    @Override
    public Class<String> answerType() {
        return String.class;
    }

    @Override
    public SharedActorHost<String, String> host(SortedMap<String, String> arguments, ActorSystem<?> node) {
        CompletableFuture<Void> fitness = fit.get();
        return new SharedActorHost<>() {
            @Override
            public CompletableFuture<Void> fit() {
                return fitness;
            }

            @Override
            public Behavior<SharedActor.Command<String, String>> keeper(String name) {
                return remembering(new ArrayList<>());
            }

            @Override
            public void close() {}
        };
    }

    private static Behavior<SharedActor.Command<String, String>> remembering(List<String> told) {
        return Behaviors.receiveMessage(command -> {
            if (command instanceof SharedActor.Ask<String, String> ask) {
                told.add(ask.question());
                ask.answer(String.join(" ", told));
            } else if (command instanceof SharedActor.Inherit<String, String> inherit) {
                told.add(0, inherit.left());
            } else if (command instanceof SharedActor.Settle<String, String> settle) {
                settle.replyTo().tell(new SharedActor.Settled<>(Optional.of(String.join(" ", told))));
            }
            return Behaviors.same();
        });
    }
}
