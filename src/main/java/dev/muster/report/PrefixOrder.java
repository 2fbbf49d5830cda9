package dev.muster.report;

import dev.muster.audit.prefix.PrefixNode;
import dev.muster.audit.prefix.PrefixSum;
import java.time.Instant;
import java.util.Comparator;

/** Order of the prefixes right below another one; but for names, the greatest comes first. */
public enum PrefixOrder {
    NAME,
    BYTES,
    /** The same as bytes. */
    SIZE,
    OBJECTS,
    MODIFIED;

    Comparator<PrefixNode> nodes() {
        Comparator<PrefixNode> byName = Comparator.comparing(PrefixNode::prefix);
        Comparator<PrefixSum> ascending =
                switch (this) {
                    case MODIFIED -> Comparator.comparing(sum -> sum.newest().orElse(Instant.MIN));
                    case OBJECTS -> Comparator.comparingLong(PrefixSum::objects);
                    case NAME, BYTES, SIZE -> Comparator.comparingLong(PrefixSum::bytes);
                };
        return this == NAME
                ? byName
                : Comparator.comparing(PrefixNode::total, ascending.reversed()).thenComparing(byName);
    }

    /** The number by which the first ones are chosen and shares are taken. */
    long measure(PrefixSum sum) {
        return this == OBJECTS ? sum.objects() : sum.bytes();
    }
}
