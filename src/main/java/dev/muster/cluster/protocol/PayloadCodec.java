package dev.muster.cluster.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Encodes values of one type that a job has declared. Only that type, and what it declares in turn, is ever read.
 */
public final class PayloadCodec<V> {
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
