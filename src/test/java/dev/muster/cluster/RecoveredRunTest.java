package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecoveredRunTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final RunRepository states = new RunRepository(new MemoryStore());
    private final ToyJob job = new ToyJob("here");

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void nothingIsLeftOpenOfARunWhoseCheckpointCannotBeRead() throws Exception {
        states.submit(RunRecord.submitted("run-1", "toy", ToyJob.arguments(7, 1), Instant.now()));
        states.takeOver("run-1").save(out -> out.write("of another release".getBytes(UTF_8)));

        assertThatThrownBy(() -> RecoveredRun.of("run-1", job, states, kit.system()))
                .isInstanceOf(RecoveredRun.UnusableException.class);

        assertThat(job.open()).isZero();
    }
}
