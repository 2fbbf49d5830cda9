package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.engine.Failure;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClusterDayFileRouterTest {
    /** The most that SQS takes. */
    private static final int LARGEST = 1 << 20;

    @Test
    void credentialsOfTheNodeThatHoldsADayAreNoFaultOfTheOneThatAsks() {
        Failure expired = new Failure(Failure.Kind.UNFIT, "ExpiredToken", "renew them");
        ShardedDayFile.Answer answer =
                new ShardedDayFile.Answer.Done(new Flush(Optional.of(expired), Flush.Progress.NONE));
        ClusterDayFileRouter days =
                new ClusterDayFileRouter((day, request, timeout) -> CompletableFuture.completedFuture(answer));
        assertThat(days.write("20220404", Duration.ofMinutes(1)).join().failure())
                .contains(new Failure(Failure.Kind.TRANSIENT, "ExpiredToken", "renew them"));
    }

    @Test
    void theLargestMessageFitsBetweenNodesAmongOthers() throws JsonProcessingException {
        long frame = ConfigFactory.parseResources("dev/muster/cluster/remote.conf")
                .getMemorySize("pekko.remote.artery.advanced.maximum-frame-size")
                .toBytes();
        List<ShardedDayFile.Question> loads = new ArrayList<>();
        ClusterDayFileRouter days = new ClusterDayFileRouter((day, request, timeout) -> {
            loads.add(request);
            return CompletableFuture.completedFuture(new ShardedDayFile.Answer.Held(1));
        });

        days.add("quarantine", List.of(poison(100), poison(LARGEST), poison(100)))
                .join();

        for (ShardedDayFile.Question load : loads) {
            assertThat(new JsonMapper().writeValueAsBytes(load)).hasSizeLessThan((int) (frame - frame / 8));
        }
    }

    private static InFlightMessage poison(int size) {
        String body = "x".repeat(size);
        return new InFlightMessage(
                new ReceiptHandle("id", "handle"), new Content.Poison("id", body, "body is not JSON", 1));
    }
}
