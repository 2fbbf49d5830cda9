package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.option.ClusterOptions.JoinOption;
import dev.muster.cluster.HostPort;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinOptionTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5, 7355",
        "node-1.example.org, node-1.example.org, 7355",
        "10.0.0.5:9000, 10.0.0.5, 9000",
        "[::1], [::1], 7355",
        "[::1]:9000, [::1], 9000",
    })
    void aNodeWithoutAPortListensOnTheUsualOne(String given, String host, int port) {
        JoinOption option = new JoinOption();
        option.join = List.of(given);

        assertThat(option.contacts()).containsExactly(new HostPort(host, port));
    }
}
