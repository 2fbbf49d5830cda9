package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationTest {
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

    private static String resumeCommand(String... arguments) {
        Talk talk = new Talk(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        return Invocation.of(List.of(arguments), Map.of(), talk).resumeCommand();
    }
}
