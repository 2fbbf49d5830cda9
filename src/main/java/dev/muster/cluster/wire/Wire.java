package dev.muster.cluster.wire;

/** Marks what may cross machines; bound to Jackson's CBOR serializer. Nothing else of Muster's is read from the network. */
public interface Wire {
    /** Changes whenever a message changes; nodes and clients of another protocol are refused. */
    int PROTOCOL = 1;
}
