package dev.muster.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import dev.muster.engine.TaskException;
import dev.muster.report.live.LiveFigures.Cause;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CauseCounterTest {
    private final CauseCounter causes = new CauseCounter();

    @Test
    void whatIsTriedAgainIsCountedByItsCode() {
        fail(new TaskException(new Failure(Kind.THROTTLED, "SlowDown", "list a")));
        fail(new TaskException(new Failure(Kind.TRANSIENT, "InternalError", "list a")));
        fail(new TaskException(new Failure(Kind.TRANSIENT, "InternalError", "list b")));
        fail(new TaskException(new Failure(Kind.DENIED, "AccessDenied", "list c"))); // given up, so in the report
        fail(new CancellationException());

        assertThat(causes.causes())
                .containsExactly(new Cause("failed: InternalError", 2), new Cause("throttled: SlowDown", 1));
    }

    @Test
    void codesThatAServerMakesUpDoNotFillTheMemory() {
        for (int i = 0; i < 200; i++) {
            fail(new TaskException(new Failure(Kind.TRANSIENT, "Code" + i, "list")));
        }
        assertThat(causes.causes()).hasSize(51);
        assertThat(causes.causes().get(0)).isEqualTo(new Cause("others", 150));
    }

    private void fail(Exception error) {
        Executor<String, String> failing = task -> CompletableFuture.failedFuture(error);
        assertThat(causes.counting(failing).execute("task")).isCompletedExceptionally();
    }
}
