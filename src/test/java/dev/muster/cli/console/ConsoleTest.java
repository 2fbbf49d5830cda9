package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(stderr, true, UTF_8), true, 80);

    @Test
    void theStatusStaysBelowTheLines() {
        console.status("half done");
        console.line("a warning");

        assertThat(stderr.toString(UTF_8)).endsWith("a warning" + System.lineSeparator() + "half done");
    }

    @Test
    void partsOfTheStatusThatDoNotFitAreLeftOutWhole() {
        console.status("0:05  " + "x".repeat(60) + "  twenty failed requests");

        assertThat(stderr.toString(UTF_8)).endsWith("0:05  " + "x".repeat(60));
    }

    @Test
    void nothingIsDrawnAfterTheLastWords() {
        console.status("half done");
        console.endStatus();
        console.line("goodbye");
        console.status("nearly done");

        assertThat(stderr.toString(UTF_8)).endsWith("\u001b[Kgoodbye" + System.lineSeparator());
    }
}
