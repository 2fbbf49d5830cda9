package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.Console;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.events.EventsPartial;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsReport;
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

class EventsRunnerTest {
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
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        EventsPartial summary = new EventsPartial(
                Map.of(EventCount.RECEIVED, 1L),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Long.MAX_VALUE,
                new TreeMap<>(),
                List.of(failures),
                List.of());
        RunResult<EventsTask, EventsPartial> result =
                new RunResult<>(end, summary, Stats.NONE, List.of(), Instant.EPOCH, Duration.ZERO, Optional.empty());
        return new EventsRunner(
                        CommandContext.of(List.of(), Map.of(), console), new ConsoleOptions(), new PrintWriter(out))
                .report(result, summary, EventsCommand.ended(end, follow), false, EventsReport.Format.JSON);
    }
}
