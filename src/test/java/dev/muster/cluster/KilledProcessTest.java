package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nodes and clients in JVMs of their own, killed in the middle of a run. */
class KilledProcessTest {
    private static final Logger LOG = LoggerFactory.getLogger(KilledProcessTest.class);

    @TempDir
    Path directory;

    private ProcessCluster cluster;

    @BeforeEach
    void begin() throws Exception {
        cluster = new ProcessCluster(directory);
        cluster.start("a");
        cluster.start("b", "c");
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void aRunWhoseCoordinatorsNodeIsKilledEndsWithExactTotals() throws Exception {
        cluster.submit("toy-1", 1500, 30);
        await().atMost(ProcessCluster.LONG).until(() -> cluster.done("toy-1") > 300);
        long before = cluster.done("toy-1");

        cluster.kill(cluster.coordinator());
        long killedAt = System.nanoTime();
        await().atMost(ProcessCluster.LONG).until(() -> cluster.done("toy-1") > before);
        LOG.warn(
                "work went on {} s after the coordinator's node was killed",
                Duration.ofNanos(System.nanoTime() - killedAt).toMillis() / 1000.0);

        cluster.completeTally("toy-1", 1500);
    }

    @Test
    void aRunWhoseWorkerNodeAndClientAreKilledEndsWithExactTotals() throws Exception {
        cluster.startClient("toy-2", 1200, 30);
        await().atMost(ProcessCluster.LONG).until(() -> cluster.done("toy-2") > 100);

        cluster.kill("client");
        cluster.kill(cluster.coordinator().equals("b") ? "c" : "b");

        ToyJob.Tally tally = cluster.completeTally("toy-2", 1200);
        assertThat(tally.nodes()).containsKeys("a", "b", "c");
    }
}
