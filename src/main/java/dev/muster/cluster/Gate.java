package dev.muster.cluster;

import dev.muster.cluster.wire.ToRuns;
import dev.muster.cluster.wire.Wire;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Where clients knock, on every node: answers the greeting, and passes on what is for the registry of runs. */
final class Gate {
    /** The actor's name under {@code /user}; clients of any release find it there. */
    static final String NAME = "gate";

    private Gate() {}

    static Behavior<ToRuns> create(String release, ActorRef<ToRuns> registry) {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof ToRuns.Hello hello) {
                hello.replyTo().tell(new ToRuns.Welcome(Wire.PROTOCOL, release));
            } else {
                registry.tell(message);
            }
            return Behaviors.same();
        });
    }
}
