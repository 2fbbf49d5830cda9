package dev.muster.cluster;

import static dev.muster.cluster.NodeOptions.NodeRole.COORDINATOR;
import static dev.muster.cluster.NodeOptions.NodeRole.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ShardedActorsTest {
    /** So many that each node gets some. */
    private static final int NAMES = 12;

    private static final ToyShardedActors ACTORS = new ToyShardedActors();

    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void begin() {
        cluster = new TestCluster(directory);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void whatANodeCannotHoldOthersHoldAndItStillReachesThem() throws Exception {
        ToyShardedActors denied =
                new ToyShardedActors(() -> CompletableFuture.failedFuture(new IllegalStateException("no credentials")));
        ToyShardedActors broken = new ToyShardedActors(() -> {
            throw new IllegalStateException("no temporary directory");
        });
        cluster.start(new ToyJob("a").with(ACTORS), COORDINATOR, WORKER);
        ClusterNode first = cluster.start(new ToyJob("b").with(denied), WORKER);
        ClusterNode second = cluster.start(new ToyJob("c").with(broken), WORKER);
        cluster.submit("toy-1", ToyJob.arguments(100_000, 100));

        assertThat(answers(first, "one")).containsOnly("one");
        assertThat(answers(second, "two")).containsOnly("one two");
        assertThat(answers(first, "three")).containsOnly("one two three");
    }

    private static List<String> answers(ClusterNode node, String question) {
        ShardedActors actors = new ShardedActors(node.system());
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int name = 0; name < NAMES; name++) {
            answers.add(actors.ask(
                    ACTORS.questionType(),
                    ACTORS.answerType(),
                    "toy-1",
                    "name-" + name,
                    question,
                    Duration.ofSeconds(40)));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
