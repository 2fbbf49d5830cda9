package dev.muster.audit.profile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.audit.split.Keys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Bucket profile as JSON. A file names its listing, so that a profile is never mistaken for another's. */
final class ProfileJson {
    /** Changes whenever an older file could be misread. */
    private static final int VERSION = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Envelope(int version, ListingIdentity listing, BucketProfile learned) {
        private Envelope {
            requireNonNull(listing, "listing is null");
            requireNonNull(learned, "learned is null");
        }
    }

    private ProfileJson() {}

    static byte[] write(ListingIdentity listing, BucketProfile learned) throws IOException {
        return MAPPER.writeValueAsBytes(new Envelope(VERSION, listing, learned));
    }

    /**
     * Reads what was learned about a listing. Keys that no request can contain are left out.
     *
     * @return empty if the text has another version or is about another listing
     * @throws IOException if it is damaged
     */
    static Optional<BucketProfile> read(byte[] text, ListingIdentity listing) throws IOException {
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
        return Optional.of(new BucketProfile(envelope.learned.pages(), usable));
    }

    /**
     * Identity of a listing: what was learned about one is of no use to another.
     *
     * @param endpoint S3's endpoint; empty for AWS
     * @param account empty on servers without accounts
     * @param prefix only keys with this prefix were listed
     * @param versions whether versions were listed, or objects
     */
    record ListingIdentity(String endpoint, String account, String bucket, String prefix, boolean versions) {
        ListingIdentity {
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(account, "account is null");
            requireNonNull(bucket, "bucket is null");
            requireNonNull(prefix, "prefix is null");
        }
    }
}
