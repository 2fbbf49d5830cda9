package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Failure;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.engine.Stats;
import dev.muster.events.Count;
import dev.muster.events.EventsFailure;
import dev.muster.events.EventsReport;
import dev.muster.events.EventsSummary;
import dev.muster.events.EventsTask;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventsRunsTest {
    private static final RunEnd INTERRUPTED = new RunEnd.Interrupted();
    private static final RunEnd HALTED = new RunEnd.Halted(new Failure(Failure.Kind.UNFIT, "ExpiredToken", "renew"));

    private final StringWriter out = new StringWriter();

    @Test
    void toCancelARunThatFollowsIsItsEnd() {
        assertThat(exitCode(INTERRUPTED, true)).isEqualTo(ExitCodes.COMPLETE);
        assertThat(out.toString()).contains("\"complete\": true");
    }

    @Test
    void toCancelADrainInterruptsIt() {
        assertThat(exitCode(INTERRUPTED, false)).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(out.toString()).contains("\"complete\": false");
    }

    @Test
    void whatIsMissingOrCannotGoOnKeepsItsCode() {
        EventsFailure failure = new EventsFailure("writing 20220404", "SlowDown", "later");
        assertThat(exitCode(INTERRUPTED, true, failure)).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(exitCode(new RunEnd.Complete(), false, failure)).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(exitCode(HALTED, true)).isEqualTo(ExitCodes.FAILED);
    }

    private int exitCode(RunEnd end, boolean follow, EventsFailure... failures) {
        Talk talk = new Talk(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        EventsSummary summary = new EventsSummary(
                Map.of(Count.RECEIVED, 1L),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Long.MAX_VALUE,
                new TreeMap<>(),
                List.of(failures),
                List.of());
        RunResult<EventsTask, EventsSummary> result =
                new RunResult<>(end, summary, Stats.NONE, List.of(), Instant.EPOCH, Duration.ZERO, Optional.empty());
        return new EventsRuns(Invocation.of(List.of(), Map.of(), talk), new TalkOptions(), new PrintWriter(out))
                .report(result, summary, EventsCommand.ended(end, follow), false, EventsReport.Format.JSON);
    }
}
