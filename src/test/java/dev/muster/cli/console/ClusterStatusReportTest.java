package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterStatusReportTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00.123Z");
    private static final Stats STATS = new Stats(1500, 1400, 0, 0, 2, 0, 0, 0, 0, 0, 8, 0);

    @Test
    void aRunsProgressIsSaidAsTheRunItselfSaysIt() {
        Progress audit = new Progress(
                STATS,
                Map.of(
                        "buckets",
                        10L,
                        "buckets_done",
                        9L,
                        "objects",
                        144_344L,
                        "bytes",
                        651_923_437_306L,
                        "failures",
                        1L),
                Duration.ofSeconds(100));
        Progress contacts = new Progress(STATS, Map.of("accounts", 400L, "accounts_done", 7L), Duration.ofSeconds(100));
        Progress other = new Progress(STATS, Map.of("unicorns", 3L), Duration.ofSeconds(100));

        assertThat(lines(running("audit", audit), running("contacts", contacts), running("unicorns", other)))
                .containsExactly(
                        "audit-1     running       1,400  9/10 buckets  144,344 objects  607.15 GB  1,443/s  1 task given"
                                + " up  2 failed requests  1:40",
                        "contacts-1  running       1,400  7 of 400 accounts  15.0 requests/s  2 failed requests  1:40",
                        "unicorns-1  running       1,400  1:40");
    }

    @Test
    void aRunThatHasEndedSaysWhenAndHow() throws Exception {
        RunView cancelled = ended(RunView.Outcome.CANCELLED);
        RunView ending = run(true, Optional.empty(), Optional.empty());
        assertThat(lines(
                        ended(RunView.Outcome.COMPLETE),
                        ended(RunView.Outcome.INCOMPLETE),
                        cancelled,
                        ended(RunView.Outcome.FAILED),
                        ending))
                .containsExactly(
                        "audit-1  complete                ended at 2026-03-14T09:15:00Z",
                        "audit-1  incomplete              ended at 2026-03-14T09:15:00Z",
                        "audit-1  cancelled               ended at 2026-03-14T09:15:00Z",
                        "audit-1  failed                  ended at 2026-03-14T09:15:00Z",
                        "audit-1  ending");

        JsonNode run = new JsonMapper()
                .readTree(ClusterStatusReport.json(view(cancelled)))
                .path("runs")
                .get(0);
        assertThat(run.path("state").asText()).isEqualTo("ended");
        assertThat(run.path("outcome").asText()).isEqualTo("cancelled");
        assertThat(run.path("cancelled").asBoolean()).isTrue();
        assertThat(run.path("ended_at").asText()).isEqualTo(NOW.toString());
    }

    /** The lines of the table of runs, without its head. */
    private static List<String> lines(RunView... runs) {
        return ClusterStatusReport.text(view(runs))
                .lines()
                .dropWhile(line -> !line.startsWith("RUN "))
                .skip(1)
                .map(String::stripTrailing)
                .toList();
    }

    private static ClusterView view(RunView... runs) {
        return new ClusterView("a", List.of(), List.of(runs), 0);
    }

    private static RunView running(String job, Progress progress) {
        return new RunView(
                job + "-1",
                job,
                new TreeMap<>(),
                NOW,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(progress),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static RunView ended(RunView.Outcome outcome) {
        return run(outcome == RunView.Outcome.CANCELLED, Optional.of(NOW), Optional.of(outcome));
    }

    private static RunView run(boolean cancelled, Optional<Instant> endedAt, Optional<RunView.Outcome> outcome) {
        return new RunView(
                "audit-1",
                "audit",
                new TreeMap<>(),
                NOW,
                cancelled,
                endedAt,
                outcome,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
