package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.HostPort;
import org.junit.jupiter.api.Test;

class NodeCommandTest {
    @Test
    void aNodeThatOthersReachIsWarnedThatItKeepsRunsWhereTheyCannot() {
        assertThat(NodeCommand.unshared("", new HostPort("10.0.0.5", 7355)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("--checkpoint"));
        assertThat(NodeCommand.unshared("/shared", new HostPort("10.0.0.5", 7355)))
                .isEmpty();
        assertThat(NodeCommand.unshared("", new HostPort("127.0.0.1", 7355))).isEmpty();
    }
}
