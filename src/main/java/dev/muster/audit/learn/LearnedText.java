package dev.muster.audit.learn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.audit.range.Keys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is learned of a bucket as JSON. A file names what it is about, so that another one's is never taken for it. */
final class LearnedText {
    /** Changes whenever an older file could be misread. */
    private static final int VERSION = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Envelope(int version, Listing listing, LearnedBucket learned) {
        private Envelope {
            requireNonNull(listing, "listing is null");
            requireNonNull(learned, "learned is null");
        }
    }

    private LearnedText() {}

    static byte[] write(Listing listing, LearnedBucket learned) throws IOException {
        return MAPPER.writeValueAsBytes(new Envelope(VERSION, listing, learned));
    }

    /**
     * Reads what was learned of a listing. Keys that no request can ask for are left out.
     *
     * @return empty if the text is of another version, or about another listing
     * @throws IOException if it is damaged
     */
    static Optional<LearnedBucket> read(byte[] text, Listing listing) throws IOException {
        Envelope envelope = MAPPER.readValue(text, Envelope.class);
        if (envelope == null) {
            throw new IOException("it holds nothing");
        }
        if (envelope.version != VERSION || !envelope.listing.equals(listing)) {
            return Optional.empty();
        }
        List<String> usable = envelope.learned.quantiles().stream()
                .filter(key -> !key.isEmpty() && key.startsWith(listing.prefix()) && Keys.acceptable(key))
                .toList();
        return Optional.of(new LearnedBucket(envelope.learned.pages(), usable));
    }
}
