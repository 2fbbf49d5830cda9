package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0 objects", "1 | 1 object", "999 | 999 objects", "2471 | 2,471 objects"})
    void largeNumbersAreReadInGroups(long number, String words) {
        assertThat(Plural.grouped(number, "object")).isEqualTo(words);
    }
}
