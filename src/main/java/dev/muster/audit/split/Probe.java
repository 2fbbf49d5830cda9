package dev.muster.audit.split;

import static java.util.Objects.requireNonNull;

/**
 * A request for the names directly under a prefix: {@code ListObjectsV2} with the delimiter {@code /}. It finds places to
 * cut at, runs beside the listing, and nothing waits for it; if it fails or is lost, only speed is.
 *
 * @param prefix empty, or ending in the delimiter
 */
public record Probe(String prefix) {
    public static final char DELIMITER = '/';

    public Probe {
        requireNonNull(prefix, "prefix is null");
    }
}
