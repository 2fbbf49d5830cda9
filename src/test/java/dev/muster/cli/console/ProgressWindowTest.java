package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.console.ProgressLine.AuditProgressLine;
import dev.muster.cli.console.ProgressTicker.ProgressWindow;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressWindowTest {
    private final ProgressWindow recent = new ProgressWindow();

    @Test
    void ratesAreThoseOfTheLastFiveSecondsHoweverTheAnswersBunch() {
        for (int second = 1; second <= 20; second++) {
            assertThat(line(second * 1_000L, second * 30_000L)).contains(" 30,000/s");
        }
        assertThat(line(20_001, 620_000)).contains(" 33,993/s");
    }

    @Test
    void aRunThatGoesOnBeginsWithItsAverage() {
        assertThat(line(60_000, 600_000)).contains(" 10,000/s");
        assertThat(line(60_001, 601_000)).contains(" 10,016/s");
    }

    private String line(long millis, long objects) {
        Progress now = new Progress(Stats.NONE, Map.of("objects", objects), Duration.ofMillis(millis));
        return AuditProgressLine.line(recent.before(now), now);
    }
}
