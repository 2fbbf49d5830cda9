package dev.muster.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cluster.ForgetfulCluster;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ClusterRunnerTest {
    private static final RunView.Share FIT = new RunView.Share("a", 8, Optional.empty());
    private static final RunView.Share UNFIT =
            new RunView.Share("b", 8, Optional.of(new Failure(Failure.Kind.UNFIT, "NoCredentials", "no credentials")));
    private static final Config CONFIG = ConfigFactory.load();
    private static final RunResult<String, String> RESULT = new RunResult<>(
            new RunEnd.Complete(),
            "all",
            new Stats(2, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1),
            List.of(),
            Instant.EPOCH,
            Duration.ZERO,
            Optional.of("where the cluster keeps it"));

    @TempDir
    Path home;

    @Test
    void whileNobodyCoordinatesARunIsNamedAndSubmittedAndReadAgain() throws Exception {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(stderr, true, UTF_8), false, 80);
        CommandContext commandContext = CommandContext.of(List.of(), Map.of("XDG_STATE_HOME", home.toString()), console)
                .with(CONFIG);
        try (ForgetfulCluster cluster =
                        new ForgetfulCluster(commandContext.clusterConfig(), RESULT, String.class, String.class);
                ClusterRunner runner = new ClusterRunner(commandContext, silent(), List.of(cluster.address()))) {
            String run = runner.submit("audit", new TreeMap<>());
            Optional<RunResult<String, String>> result =
                    runner.follow(run, String.class, String.class, (before, now) -> "");

            assertThat(result).hasValueSatisfying(it -> assertThat(it.summary()).isEqualTo("all"));
            assertThat(stderr.toString(UTF_8).lines())
                    .hasSize(4)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("muster: to try again what failed: muster attach " + run + " --join 127.0.0.1:")
                            .endsWith(" --resume"))
                    .anySatisfy(line -> assertThat(line).startsWith("muster: run " + run + " goes to the cluster; "))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("muster: warning: the nodes at 127.0.0.1:")
                            .endsWith("nobody coordinates the cluster at the moment; still trying"));
        }
    }

    @Test
    void aRunOfAClusterThatIsDeadIsLeftAfterAWhileWithTheCommandThatShowsIt() throws Exception {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        CommandContext commandContext = CommandContext.of(List.of(), Map.of("XDG_STATE_HOME", home.toString()), console)
                .with(CONFIG);
        ForgetfulCluster cluster =
                new ForgetfulCluster(commandContext.clusterConfig(), RESULT, String.class, String.class);
        try (ClusterRunner runner =
                new ClusterRunner(commandContext, silent(), List.of(cluster.address()), Duration.ofSeconds(1))) {
            String run = runner.submit("audit", new TreeMap<>());
            cluster.close();

            assertThatThrownBy(() -> runner.follow(run, String.class, String.class, (before, now) -> ""))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("no answer from a muster node at 127.0.0.1:")
                    .hasMessageContaining(
                            "the run continues when the cluster does; to see it again: muster attach " + run);
        }
    }

    @Test
    void progressCountsWorkersOfNodesThatGetTasksAndNamesTheRest() {
        assertThat(ClusterRunner.workerPool(view(FIT, FIT))).isEqualTo("  2 nodes, 16 workers");
        assertThat(ClusterRunner.workerPool(view(FIT, UNFIT)))
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
                Optional.empty(),
                Optional.empty(),
                List.of(nodes),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static ConsoleOptions silent() {
        ConsoleOptions options = new ConsoleOptions();
        options.noProgress = true;
        return options;
    }
}
