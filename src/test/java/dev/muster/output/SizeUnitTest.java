package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SizeUnitTest {
    @Test
    void sizesArePlainBytesUnlessAUnitIsAskedFor() {
        assertThat(SizeUnit.BYTES.format(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
    }

    @Test
    void sizesAreRoundedNeverTruncated() {
        assertThat(SizeUnit.KB.format(2047)).isEqualTo("2.00 KB");
        assertThat(SizeUnit.MB.format(1_573_000)).isEqualTo("1.50 MB");
    }

    @Test
    void halvesGoToTheEvenNeighbour() {
        assertThat(SizeUnit.KB.format(128)).isEqualTo("0.12 KB");
        assertThat(SizeUnit.KB.format(384)).isEqualTo("0.38 KB");
    }

    @Test
    void theAutomaticUnitIsTheLargestThatFits() {
        assertThat(SizeUnit.AUTO.format(1023)).isEqualTo("1023 B");
        assertThat(SizeUnit.AUTO.format(1024)).isEqualTo("1.00 KB");
        assertThat(SizeUnit.AUTO.format(1024 * 1024 - 1)).isEqualTo("1.00 MB");
        assertThat(SizeUnit.AUTO.format(5L << 30)).isEqualTo("5.00 GB");
        assertThat(SizeUnit.AUTO.format(5000L << 40)).isEqualTo("5000.00 TB");
    }

    @Property(tries = 500)
    void aSizeIsOffByHalfAHundredthAtMost(@ForAll @LongRange(min = 0) long bytes) {
        String shown = SizeUnit.GB.format(bytes).replace(" GB", "");
        BigDecimal difference = new BigDecimal(shown)
                .multiply(BigDecimal.valueOf(1L << 30))
                .subtract(BigDecimal.valueOf(bytes))
                .abs();
        assertThat(difference).isLessThanOrEqualTo(BigDecimal.valueOf(1L << 30).multiply(new BigDecimal("0.005")));
    }
}
