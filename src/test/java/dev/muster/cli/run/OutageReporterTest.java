package dev.muster.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutageReporterTest {
    private static final CompletableFuture<String> DONE = CompletableFuture.completedFuture("done");

    private final List<String> said = new ArrayList<>();
    private long now;
    private CompletableFuture<String> answer = DONE;
    private final OutageReporter<String, String> notices =
            new OutageReporter<>(task -> answer, task -> "list " + task, said::add, () -> now);

    @Test
    void anOutageIsToldOnceForItsCauseAndSoIsItsEnd() {
        for (int second = 0; second < 10; second++) {
            fail("a", Kind.TRANSIENT, "Connection refused");
            fail("b", Kind.TRANSIENT, "Connection refused");
            pass(Duration.ofSeconds(1));
        }
        answer = DONE;
        run("b");
        run("a");

        assertThat(said)
                .containsExactly("list a failed: Connection refused; it is tried again", "it works again: list b");
    }

    @Test
    void eachCauseIsTold() {
        for (int second = 0; second < 5; second++) {
            fail("a", Kind.TRANSIENT, "Connection refused");
            fail("b", Kind.TRANSIENT, "no such host");
            pass(Duration.ofSeconds(1));
        }

        assertThat(said).hasSize(2);
    }

    @Test
    void failuresThatPassAreNoNews() {
        for (int second = 0; second < 10; second++) {
            fail("a", Kind.TRANSIENT, "InternalError");
            pass(Duration.ofSeconds(1));
            answer = DONE;
            run("a");
        }

        assertThat(said).isEmpty();
    }

    @Test
    void whatIsNotTriedAgainIsNoOutage() {
        for (int second = 0; second < 10; second++) {
            fail("a", Kind.DENIED, "AccessDenied");
            pass(Duration.ofSeconds(1));
        }

        assertThat(said).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeIsToldOnce() {
        answer = new CompletableFuture<>();
        run("a");
        for (int second = 0; second < 10; second++) {
            notices.tick();
            pass(Duration.ofSeconds(1));
        }
        answer.complete("at last");
        pass(Duration.ofSeconds(10));
        notices.tick();

        assertThat(said).containsExactly("still waiting for an answer: list a");
    }

    @Test
    void whileOthersAnswerNothingIsSaidOfASlowOne() {
        answer = new CompletableFuture<>();
        run("slow");
        answer = DONE;
        for (int second = 0; second < 10; second++) {
            run("a");
            pass(Duration.ofSeconds(1));
            notices.tick();
        }

        assertThat(said).isEmpty();
    }

    private void fail(String task, Kind kind, String reason) {
        answer = CompletableFuture.failedFuture(
                new TaskException(new Failure(kind, "Code", "list " + task + " failed: " + reason)));
        run(task);
    }

    private void run(String task) {
        var unused = notices.execute(task);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
