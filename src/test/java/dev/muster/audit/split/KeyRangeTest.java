package dev.muster.audit.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
    @Test
    void aPrefixsRangeLiesBetweenItsNeighbours() {
        assertThat(KeyRange.ofPrefix("logs/")).isEqualTo(new KeyRange("logs.", "logs0"));
        assertThat(KeyRange.ofPrefix("")).isEqualTo(KeyRange.ALL);
    }

    @Test
    void aPrefixWithoutAUsableNeighbourIsBoundedAsFarAsCanBe() {
        assertThat(KeyRange.ofPrefix("a\uDBFF\uDFFF").upTo()).isEmpty();
        assertThat(KeyRange.ofPrefix(" ")).isEqualTo(new KeyRange("", "!"));
    }

    @Property(tries = 500)
    void everyKeyWithThePrefixIsInItsRange(@ForAll String prefix, @ForAll @UniqueElements List<String> endings) {
        KeyRange range = KeyRange.ofPrefix(prefix);
        for (String ending : endings) {
            if (!prefix.isEmpty() || !ending.isEmpty()) {
                assertThat(range.contains(prefix + ending)).isTrue();
            }
        }
    }
}
