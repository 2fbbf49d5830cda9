/** The only messages that are read from the network, as CBOR under the marker {@link dev.muster.cluster.protocol.ClusterMessage}. */
package dev.muster.cluster.protocol;
