package dev.muster.audit.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void aPrefixsRangeLiesBetweenItsNeighbours() {
        assertThat(Range.ofPrefix("logs/")).isEqualTo(new Range("logs.", "logs0"));
        assertThat(Range.ofPrefix("")).isEqualTo(Range.ALL);
    }

    @Test
    void aPrefixWithoutAUsableNeighbourIsBoundedAsFarAsCanBe() {
        assertThat(Range.ofPrefix("a\uDBFF\uDFFF").upTo()).isEmpty();
        assertThat(Range.ofPrefix(" ")).isEqualTo(new Range("", "!"));
    }

    @Property(tries = 500)
    void everyKeyWithThePrefixIsInItsRange(@ForAll String prefix, @ForAll @UniqueElements List<String> endings) {
        Range range = Range.ofPrefix(prefix);
        for (String ending : endings) {
            if (!prefix.isEmpty() || !ending.isEmpty()) {
                assertThat(range.contains(prefix + ending)).isTrue();
            }
        }
    }
}
