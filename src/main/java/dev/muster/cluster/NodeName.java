package dev.muster.cluster;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/** Name of a node's process: {@code host:port@incarnation}. A node that is restarted has another name. */
final class NodeName {
    private NodeName() {}

    /** The name of this actor system's node. */
    static String self(ActorSystem<?> system) {
        return of(Cluster.get(system).selfMember().uniqueAddress());
    }

    static String of(UniqueAddress address) {
        return address.address().getHost().get() + ":"
                + address.address().getPort().get() + "@" + Long.toHexString(address.longUid() & 0xffffffffL);
    }
}
