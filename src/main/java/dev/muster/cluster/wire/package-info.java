/** The only messages that are read from the network, as CBOR under the marker {@link dev.muster.cluster.wire.Wire}. */
package dev.muster.cluster.wire;
