package dev.muster.audit.tally;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.report.ExactText;
import java.util.Arrays;

/** An object's key: exact bytes, ordered as unsigned numbers, as S3 orders keys (invariant 8). Immutable. */
public final class ObjectKey implements Comparable<ObjectKey> {
    private final byte[] bytes;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ObjectKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    ObjectKey(byte[] source, int length) {
        this.bytes = Arrays.copyOf(source, length);
    }

    @JsonValue
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The key as text without loss, see {@link ExactText}. */
    public String text() {
        return ExactText.decode(bytes);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
