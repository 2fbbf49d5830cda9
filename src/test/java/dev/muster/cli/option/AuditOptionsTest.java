package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.UserException;
import dev.muster.cluster.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class AuditOptionsTest {
    /** A command with sources, as an audit is. */
    @Command
    static final class Sources {
        @Mixin
        AuditOptions audit;

        @Parameters
        List<String> sources = List.of();
    }

    @ParameterizedTest
    @CsvSource({
        "--serve, 127.0.0.1:0, ''",
        "--serve s3://b, 127.0.0.1:0, s3://b",
        "s3://b --serve, 127.0.0.1:0, s3://b",
        "--serve --uploads, 127.0.0.1:0, ''",
        "--serve 8080, 127.0.0.1:8080, ''",
        "--serve 8080 s3://b, 127.0.0.1:8080, s3://b",
        "--serve=8080 b, 127.0.0.1:8080, b",
        "--serve 10.0.0.5:80, 10.0.0.5:80, ''",
        "--serve=[::1]:80, [::1]:80, ''",
        "--serve=host:0, host:0, ''"
    })
    void thePageTakesAPortAndLeavesSourcesAlone(String line, String address, String source) {
        Sources command = parsed(line);

        assertThat(command.audit.serve()).map(HostPort::toString).contains(address);
        assertThat(String.join(" ", command.sources)).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--serve=99999", "--serve=x", "--serve 70000"})
    void whatIsNoPortIsRefused(String line) {
        assertThatThrownBy(() -> parsed(line).audit.serve())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--serve is ")
                .hasMessageContaining("give a port");
    }

    @Test
    void withoutTheOptionThereIsNoPage() {
        assertThat(parsed("s3://b").audit.serve()).isEmpty();
    }

    private static Sources parsed(String line) {
        Sources command = new Sources();
        new CommandLine(command)
                .setDefaultValueProvider(argument -> argument.paramLabel().equals("N") ? "5" : null)
                .parseArgs(line.split(" "));
        return command;
    }
}
