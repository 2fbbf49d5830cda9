package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.console.ConsoleLogAppender.RepeatFilter;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
    private final RepeatFilter repetitions = new RepeatFilter();

    @Test
    void aTextIsSaidOnceInTenSecondsHoweverOftenItComes() {
        assertThat(repetitions.contains("node b is unreachable", 1_000)).isFalse();
        assertThat(repetitions.contains("node b is unreachable", 6_000)).isTrue();
        assertThat(repetitions.contains("node c is unreachable", 6_000)).isFalse();
        assertThat(repetitions.contains("node b is unreachable", 10_999)).isTrue();
        assertThat(repetitions.contains("node b is unreachable", 11_000)).isFalse();
    }

    @Test
    void manyTextsTakeNoMoreMemoryThanSixtyFour() {
        for (int text = 0; text <= 64; text++) {
            assertThat(repetitions.contains("text " + text, 1_000)).isFalse();
        }

        assertThat(repetitions.contains("text 64", 1_000)).isTrue();
        assertThat(repetitions.contains("text 0", 1_000)).isFalse();
    }
}
