package dev.muster.cluster.protocol;

/**
 * Marker of messages that may cross machines, bound to Jackson's CBOR serializer. No other class of Muster is read from
 * the network.
 */
public interface ClusterMessage {
    /**
     * Version of the protocol, which changes whenever an older release could not read or understand a message; nodes
     * and clients with another version are refused. A field unknown to the reader is ignored, a missing one is empty.
     */
    int PROTOCOL = 3;
}
