package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Optional;

/**
 * An S3 object key, kept as the UTF-8 bytes by which S3 orders keys. {@link #compareTo} is that order (invariant 8):
 * bytes compared as unsigned numbers, which differs from {@link String#compareTo} beyond the basic multilingual plane.
 * Immutable; Jackson reads and writes its bytes.
 */
public final class ObjectKey implements Comparable<ObjectKey> {
    private final byte[] bytes;

    private ObjectKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key with the given text. An unpaired surrogate, which no key can contain, becomes a question mark. */
    public static ObjectKey of(String text) {
        return new ObjectKey(text.getBytes(UTF_8));
    }

    /** A key of a copy of the given bytes. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ObjectKey copyOf(byte[] source) {
        return new ObjectKey(source.clone());
    }

    /** A key of a copy of some of the given bytes. */
    public static ObjectKey copyOf(byte[] source, int offset, int length) {
        return new ObjectKey(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** A copy of the key's bytes. */
    @JsonValue
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The key as exact text.
     *
     * @throws IllegalArgumentException if the bytes are not UTF-8, so that no text represents them
     */
    public String text() {
        return decoded().orElseThrow(() -> new IllegalArgumentException("key is not UTF-8: " + this));
    }

    /** Tells whether the bytes are UTF-8, so that requests can name the key. */
    public boolean isText() {
        return decoded().isPresent();
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    private Optional<String> decoded() {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ObjectKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The key as text, with {@code \\xFF} for each byte that is not part of UTF-8. */
    @Override
    public String toString() {
        return decoded().orElseGet(this::escaped);
    }

    private String escaped() {
        StringBuilder text = new StringBuilder();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = UTF_8.newDecoder();
        while (from.hasRemaining()) {
            CoderResult result = decoder.decode(from, to, true);
            text.append(to.flip());
            to.clear();
            for (int i = 0; i < (result.isError() ? result.length() : 0); i++) {
                text.append(String.format("\\x%02X", from.get()));
            }
            decoder.reset();
        }
        return text.toString();
    }
}
