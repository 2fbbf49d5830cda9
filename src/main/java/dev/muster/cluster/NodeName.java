package dev.muster.cluster;

import org.apache.pekko.cluster.UniqueAddress;

/** Names a node's process: {@code host:port@incarnation}. A node that is started again has another name. */
final class NodeName {
    private NodeName() {}

    static String of(UniqueAddress address) {
        return address.address().getHost().get() + ":"
                + address.address().getPort().get() + "@" + Long.toHexString(address.longUid() & 0xffffffffL);
    }
}
