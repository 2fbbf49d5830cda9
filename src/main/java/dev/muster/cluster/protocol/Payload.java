package dev.muster.cluster.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** A job's task or result on its way, encoded by a {@link PayloadCodec}. */
public final class Payload {
    /** Bytes of one that still goes into a message with all that stands around it; see maximum-frame-size in remote.conf. */
    public static final int LARGEST = 7 * 1024 * 1024;

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    @JsonValue
    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean fitsIntoMessage() {
        return bytes.length <= LARGEST;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
