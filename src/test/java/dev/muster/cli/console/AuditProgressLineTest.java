package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.console.ProgressLine.AuditProgressLine;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditProgressLineTest {
    @Test
    void tasksGivenUpAndRequestsThatFailedAreToldApart() {
        assertThat(line(1, 1)).contains("  1 task given up  1 failed request").doesNotContain("requests");
        assertThat(line(2, 1_234)).contains("  2 tasks given up  1,234 failed requests");
        assertThat(line(0, 0)).doesNotContain("given up", "failed");
    }

    private static String line(long givenUp, long failed) {
        Stats stats = new Stats(0, 0, givenUp, 0, failed, 0, 0, 0, 0, 0, 0, 0);
        return AuditProgressLine.line(
                ProgressLine.BEGINNING, new Progress(stats, Map.of("failures", givenUp), Duration.ofSeconds(1)));
    }
}
