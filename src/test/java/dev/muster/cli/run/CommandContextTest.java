package dev.muster.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.console.Console;
import dev.muster.cluster.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandContextTest {
    @Test
    void theResumeCommandIsTheCommandItselfForAShell() {
        assertThat(resumeCommand("audit", "--include", "logs-*", "--prefix=it's"))
                .isEqualTo("muster audit --include 'logs-*' '--prefix=it'\\''s' --resume");
    }

    @Test
    void theResumeCommandAsksOnlyOnceToResume() {
        assertThat(resumeCommand("audit", "--resume")).isEqualTo("muster audit --resume");
    }

    @Test
    void theResumeCommandLeavesTheSecretToTheEnvironment() {
        assertThat(resumeCommand("audit", "--keyid", "AKIA", "--secret", "hush"))
                .isEqualTo("muster audit --keyid AKIA --secret \"$AWS_SECRET_ACCESS_KEY\" --resume");
        assertThat(resumeCommand("audit", "--secret=hush"))
                .isEqualTo("muster audit --secret=\"$AWS_SECRET_ACCESS_KEY\" --resume");
    }

    @Test
    void theAttachCommandNamesTheConfigurationFileThatTheCommandWasGivenAsItHasTheCertificates() {
        assertThat(attachCommand("contacts", "--cluster", "--config", "my cluster.conf"))
                .isEqualTo("muster attach run-1 --join 10.0.0.5:7355,10.0.0.6:7355 --config 'my cluster.conf'");
        assertThat(attachCommand("audit", "--config=cluster.conf", "--cluster", "--debug"))
                .isEqualTo("muster attach run-1 --join 10.0.0.5:7355,10.0.0.6:7355 --config cluster.conf");
        assertThat(attachCommand("audit", "--cluster"))
                .isEqualTo("muster attach run-1 --join 10.0.0.5:7355,10.0.0.6:7355");
    }

    private static String attachCommand(String... arguments) {
        return commandContext(arguments)
                .attachCommand("run-1", List.of(new HostPort("10.0.0.5", 7355), new HostPort("10.0.0.6", 7355)));
    }

    private static String resumeCommand(String... arguments) {
        return commandContext(arguments).resumeCommand();
    }

    private static CommandContext commandContext(String... arguments) {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        return CommandContext.of(List.of(arguments), Map.of(), console);
    }
}
