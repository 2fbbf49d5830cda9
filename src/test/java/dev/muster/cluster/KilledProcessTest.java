package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes and clients in JVMs of their own, killed in the middle of a run. */
@Tag("slow")
class KilledProcessTest {
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

        cluster.kill(cluster.coordinator());

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
