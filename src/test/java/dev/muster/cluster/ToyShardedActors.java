package dev.muster.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Actors that answer with what they have been told so far, and leave to their successors what they know. */
final class ToyShardedActors implements ShardedActorType<String, String, ToyShardedActors.Command> {
    sealed interface Command {}

    private record Ask(String question, ActorRef<String> replyTo) implements Command {}

    private record Inherit(String left) implements Command {}

    private record Settle(ActorRef<Optional<String>> replyTo) implements Command {}

    private final Supplier<CompletableFuture<Void>> fit;

    /** Actors of a node that is fit. */
    ToyShardedActors() {
        this(() -> CompletableFuture.completedFuture(null));
    }

    /**
     * Actors of a node that may not be fit.
     *
     * @param fit what the node finds out about itself; may throw, as where it lacks what its actors share
     */
    ToyShardedActors(Supplier<CompletableFuture<Void>> fit) {
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
    public Command ask(String question, ActorRef<String> replyTo) {
        return new Ask(question, replyTo);
    }

    @Override
    public Command inherit(String left) {
        return new Inherit(left);
    }

    @Override
    public Command settle(ActorRef<Optional<String>> replyTo) {
        return new Settle(replyTo);
    }

    @Override
    public Host<Command> host(SortedMap<String, String> arguments, ActorSystem<?> node) {
        CompletableFuture<Void> fitness = fit.get();
        return new Host<>() {
            @Override
            public CompletableFuture<Void> fit() {
                return fitness;
            }

            @Override
            public Behavior<Command> actor(String name) {
                return remembering(new ArrayList<>());
            }

            @Override
            public void close() {}
        };
    }

    private static Behavior<Command> remembering(List<String> told) {
        return Behaviors.receiveMessage(command -> {
            if (command instanceof Ask ask) {
                told.add(ask.question());
                ask.replyTo().tell(String.join(" ", told));
            } else if (command instanceof Inherit inherit) {
                told.add(0, inherit.left());
            } else if (command instanceof Settle settle) {
                settle.replyTo().tell(Optional.of(String.join(" ", told)));
            }
            return Behaviors.same();
        });
    }
}
