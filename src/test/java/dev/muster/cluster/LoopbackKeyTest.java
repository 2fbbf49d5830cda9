package dev.muster.cluster;

import static dev.muster.cluster.NodeOptions.NodeRole.COORDINATOR;
import static dev.muster.cluster.NodeOptions.NodeRole.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class LoopbackKeyTest {
    @TempDir
    Path directory;

    @Test
    void aNodeOnLoopbackAnswersWhoeverHasItsKeyAndNobodyElse() throws Exception {
        Config ours = with(directory.resolve("ours/key.p12"));
        Config theirs = with(directory.resolve("theirs/key.p12"));
        try (TestCluster cluster = new TestCluster(directory.resolve("runs"), ours)) {
            HostPort node = cluster.start(new ToyJob("a"), COORDINATOR, WORKER).address();

            assertThatThrownBy(() -> ClusterClient.connect(theirs, List.of(node)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageEndingWith("run as the user of the node, or use TLS on both sides if the node does");
            assertThatThrownBy(() -> ClusterClient.connect(TestCluster.config(1), List.of(node)))
                    .isInstanceOf(ClusterException.class);
            cluster.submit("toy-1", ToyJob.arguments(20, 1));
            cluster.completeTally("toy-1", 20);
        }
    }

    @Test
    void onlyItsOwnerMayReadTheKeyAndItStaysTheSame() throws Exception {
        Path file = directory.resolve("state/key.p12");

        LoopbackKey.in(file);
        byte[] made = Files.readAllBytes(file);
        LoopbackKey.in(file);

        assertThat(Files.readAllBytes(file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> LoopbackKey.in(file))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("others than its owner may read " + file);
    }

    private static Config with(Path keyFile) {
        return ConfigFactory.parseMap(Map.of("muster.cluster.loopback-key-file", keyFile.toString()))
                .withFallback(TestCluster.config(2));
    }
}
