package dev.muster.audit.prefix;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.audit.stats.Sums;
import java.util.Arrays;

/** A prefix that {@link PrefixTotals} names. Nobody changes one whose page is read. */
final class PrefixRow {
    private final byte[] prefix;
    private final int level;
    private final PrefixSum direct;
    private final PrefixSum other;
    private final long sizeDebt;
    private final long thingsDebt;

    /**
     * A row.
     *
     * @param prefix its bytes, which nobody changes
     * @param level how many delimiters it has behind the root, which is at level 0
     * @param direct sums of what has no longer prefix, or lies deeper than the run looks
     * @param other sums of prefixes below this one that are not named; null for none
     * @param sizeDebt how much of its size it has been charged, see {@link PrefixTotals}
     * @param thingsDebt how many of its objects it has been charged
     */
    @JsonCreator
    PrefixRow(
            @JsonProperty("prefix") byte[] prefix,
            @JsonProperty("level") int level,
            @JsonProperty("direct") PrefixSum direct,
            @JsonProperty("other") PrefixSum other,
            @JsonProperty("sizeDebt") long sizeDebt,
            @JsonProperty("thingsDebt") long thingsDebt) {
        this.prefix = requireNonNull(prefix, "prefix is null");
        this.level = level;
        this.direct = requireNonNull(direct, "direct is null");
        this.other = other;
        this.sizeDebt = sizeDebt;
        this.thingsDebt = thingsDebt;
        if (sizeDebt < 0 || thingsDebt < 0) {
            throw new IllegalArgumentException("a debt is negative");
        }
    }

    @JsonProperty("prefix")
    byte[] prefix() {
        return prefix;
    }

    @JsonProperty("level")
    int level() {
        return level;
    }

    @JsonProperty("direct")
    PrefixSum direct() {
        return direct;
    }

    @JsonProperty("other")
    PrefixSum other() {
        return other;
    }

    @JsonProperty("sizeDebt")
    long sizeDebt() {
        return sizeDebt;
    }

    @JsonProperty("thingsDebt")
    long thingsDebt() {
        return thingsDebt;
    }

    /** A prefix of which nothing is counted yet. */
    static PrefixRow begin(byte[] prefix, int level) {
        return new PrefixRow(prefix, level, new PrefixSum(), null, 0, 0);
    }

    /** The sums of both, which are of the same prefix. */
    PrefixRow plus(PrefixRow same) {
        return new PrefixRow(
                prefix,
                level,
                direct.plus(same.direct),
                sum(other, same.other),
                Sums.add(sizeDebt, same.sizeDebt),
                Sums.add(thingsDebt, same.thingsDebt));
    }

    /** The sum of two of which either may be missing. */
    static PrefixSum sum(PrefixSum left, PrefixSum right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.plus(right);
    }

    /** Its own sums, without those of prefixes that are named. */
    PrefixSum own() {
        return sum(direct, other);
    }

    /** Tells whether it lies below another one. */
    boolean isBelow(PrefixRow parent) {
        return level == parent.level + 1
                && prefix.length > parent.prefix.length
                && Arrays.equals(prefix, 0, parent.prefix.length, parent.prefix, 0, parent.prefix.length);
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof PrefixRow row
                && Arrays.equals(prefix, row.prefix)
                && level == row.level
                && direct.equals(row.direct)
                && (other == null ? row.other == null : other.equals(row.other))
                && sizeDebt == row.sizeDebt
                && thingsDebt == row.thingsDebt;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefix);
    }
}
