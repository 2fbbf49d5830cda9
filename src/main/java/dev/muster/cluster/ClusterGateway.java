package dev.muster.cluster;

import dev.muster.cluster.protocol.ClusterMessage;
import dev.muster.cluster.protocol.RegistryProtocol;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Gateway for clients, on every node: answers the greeting, and passes on what is for the registry of runs. */
final class ClusterGateway {
    /** The actor's name under {@code /user}; clients of any release find it there. */
    static final String NAME = "gate";

    private ClusterGateway() {}

    static Behavior<RegistryProtocol> create(String release, ActorRef<RegistryProtocol> registry) {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof RegistryProtocol.Hello hello) {
                hello.replyTo().tell(new RegistryProtocol.Welcome(ClusterMessage.PROTOCOL, release));
            } else {
                registry.tell(message);
            }
            return Behaviors.same();
        });
    }
}
