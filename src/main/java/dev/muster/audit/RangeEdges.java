package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The keys that a page showed at the edges of its range, for a {@link SplitVerifier}.
 *
 * @param first the first key within the range
 * @param last the last key within the range
 * @param beyond the first key past the end of the range
 * @param end whether the server said that nothing follows the page
 */
public record RangeEdges(Optional<String> first, Optional<String> last, Optional<String> beyond, boolean end) {
    /** Answer that no key follows. */
    static final String NOTHING = "";

    public RangeEdges {
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
        requireNonNull(beyond, "beyond is null");
    }

    /** First key after the start of the range, {@link #NOTHING} if there is none; empty if the page does not tell. */
    Optional<String> afterStart() {
        return first.or(this::afterEnd);
    }

    /** First key after the end of the range, {@link #NOTHING} if there is none; empty if the page does not tell. */
    Optional<String> afterEnd() {
        return beyond.isPresent() || !end ? beyond : Optional.of(NOTHING);
    }
}
