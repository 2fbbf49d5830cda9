package dev.muster.cluster.protocol;

/** Marks what may cross machines; bound to Jackson's CBOR serializer. Nothing else of Muster's is read from the network. */
public interface ClusterMessage {
    /**
     * Changes whenever a message changes so that an older release could not read it, or not make sense of it; nodes and
     * clients of another protocol are refused. A field that is new to the reader is left out, one that is missing is empty.
     */
    int PROTOCOL = 3;
}
