package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TalkTest {
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final Talk talk = new Talk(new PrintStream(stderr, true, UTF_8), true, 80);

    @Test
    void theStatusStaysBelowTheLines() {
        talk.status("half done");
        talk.line("a warning");

        assertThat(stderr.toString(UTF_8)).endsWith("a warning" + System.lineSeparator() + "half done");
    }

    @Test
    void nothingIsDrawnAfterTheLastWords() {
        talk.status("half done");
        talk.endStatus();
        talk.line("goodbye");
        talk.status("nearly done");

        assertThat(stderr.toString(UTF_8)).endsWith("\u001b[Kgoodbye" + System.lineSeparator());
    }
}
