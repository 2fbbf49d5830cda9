package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.wire.RunView;
import dev.muster.engine.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterRunnerTest {
    private static final RunView.Share FIT = new RunView.Share("a", 8, Optional.empty());
    private static final RunView.Share UNFIT =
            new RunView.Share("b", 8, Optional.of(new Failure(Failure.Kind.UNFIT, "NoCredentials", "no credentials")));

    @Test
    void progressCountsWorkersOfNodesThatGetTasksAndNamesTheRest() {
        assertThat(ClusterRunner.crew(view(FIT, FIT))).isEqualTo("  2 nodes, 16 workers");
        assertThat(ClusterRunner.crew(view(FIT, UNFIT)))
                .isEqualTo("  1 node, 8 workers, 1 unfit: see muster cluster status");
    }

    private static RunView view(RunView.Share... nodes) {
        return new RunView(
                "audit-1",
                "audit",
                new TreeMap<>(),
                Instant.EPOCH,
                false,
                Optional.empty(),
                List.of(nodes),
                Optional.empty());
    }
}
