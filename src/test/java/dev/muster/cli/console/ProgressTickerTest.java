package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ProgressTickerTest {
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final List<CompletableFuture<Progress>> questions = new CopyOnWriteArrayList<>();

    @Test
    void anAnswerThatANewerOneHasOvertakenIsNotShown() {
        Console console = new Console(new PrintStream(stderr, true, UTF_8), true, 80);
        try (ProgressTicker ticker = ProgressTicker.start(this::ask, ProgressTickerTest::line, console, true)) {
            await().until(() -> questions.size() >= 2);

            questions.get(1).complete(progress(2_000));
            questions.get(0).complete(progress(1_000));

            assertThat(stderr.toString(UTF_8)).contains("2000 done").doesNotContain("1000 done");
        }
    }

    private CompletableFuture<Progress> ask() {
        CompletableFuture<Progress> question = new CompletableFuture<>();
        questions.add(question);
        return question;
    }

    private static Progress progress(long done) {
        return new Progress(Stats.NONE, Map.of("done", done), Duration.ofMillis(done));
    }

    private static String line(Progress before, Progress now) {
        return now.counts().get("done") + " done";
    }
}
