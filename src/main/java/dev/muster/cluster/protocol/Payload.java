package dev.muster.cluster.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Arrays;

/** A job's task or result in transit, encoded by a {@link PayloadCodec}. */
public final class Payload {
    /**
     * Greatest number of bytes that fit into a message with everything around them; see maximum-frame-size in
     * remote.conf.
     */
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

    /**
     * Encodes values of one type that a job has declared. Only that type, and those that it declares in turn, are ever
     * read.
     */
    public static final class PayloadCodec<V> {
        private static final ObjectMapper MAPPER = CBORMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .build();

        private final ObjectWriter writer;
        private final ObjectReader reader;

        public PayloadCodec(Class<V> type) {
            this.writer = MAPPER.writerFor(type);
            this.reader = MAPPER.readerFor(type);
        }

        public Payload encode(V value) throws IOException {
            return Payload.of(writer.writeValueAsBytes(value));
        }

        /** Reads what {@link #encode} wrote; fails on anything else. */
        public V decode(Payload payload) throws IOException {
            return reader.readValue(payload.bytes());
        }
    }
}
