package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.protocol.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunViewFactoryTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");

    @Test
    void ofManyRunsThoseThatGoOnAreListedAndThenTheNewest() {
        List<RunView> runs = new ArrayList<>();
        for (int number = 0; number < 2 * RunViewFactory.LISTED; number++) {
            runs.add(view("run-" + number, NOW.plusSeconds(number), Optional.of(NOW.plusSeconds(1000))));
        }
        runs.add(view("goes-on", NOW, Optional.empty()));
        Collections.shuffle(runs);

        List<RunView> listed = RunViewFactory.listed(runs);

        assertThat(listed).hasSize(RunViewFactory.LISTED);
        assertThat(listed)
                .extracting(RunView::run)
                .startsWith("goes-on", "run-199", "run-198")
                .doesNotContain("run-0");
        assertThat(listed.get(0).arguments()).isNotEmpty();
        assertThat(listed.get(1).arguments()).isEmpty();
    }

    @Test
    void aListedRunStillTellsThatItWasCancelledAndWhenItEnded() {
        RunRecord record = new RunRecord(
                RunRecord.VERSION,
                "toy-1",
                "toy",
                ToyJob.arguments(7, 1),
                NOW,
                1,
                true,
                Optional.of(NOW),
                Optional.of(RunView.Outcome.CANCELLED));

        assertThat(RunViewFactory.listed(List.of(RunViewFactory.bare(record))))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.cancelled()).isTrue();
                    assertThat(run.endedAt()).contains(NOW);
                    assertThat(run.outcome()).contains(RunView.Outcome.CANCELLED);
                });
    }

    private static RunView view(String run, Instant submittedAt, Optional<Instant> endedAt) {
        return RunViewFactory.bare(new RunRecord(
                RunRecord.VERSION,
                run,
                "toy",
                ToyJob.arguments(7, 1),
                submittedAt,
                1,
                false,
                endedAt,
                endedAt.map(at -> RunView.Outcome.COMPLETE)));
    }
}
