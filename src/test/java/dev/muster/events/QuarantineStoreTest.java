package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.s3.BucketClient;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.QuarantineStore;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class QuarantineStoreTest {
    @Test
    void aMessageSetAsideTwiceIsOneObjectAndAnotherOfItsIdHasItsOwn() {
        ActorTestKit kit = ActorTestKit.create();
        try (PracticeQueue practice = new PracticeQueue()) {
            QuarantineStore store = new QuarantineStore(
                    new BucketClient(region -> practice.s3, Region.US_EAST_1, PracticeQueue.BUCKET),
                    "aside/",
                    PracticeQueue::classify,
                    Materializer.matFromSystem(kit.system()));
            store.store(List.of(poison("first", 1))).join();
            store.store(List.of(poison("second", 1))).join();
            store.store(List.of(poison("first", 2))).join();
            store.store(List.of(poison("second", 2))).join();
            List<String> keys = practice.keys("aside/");
            assertThat(keys).hasSize(2).contains("aside/id.json");
            assertThat(keys.stream().map(practice::get))
                    .anyMatch(aside -> aside.contains("\"first\""))
                    .anyMatch(aside -> aside.contains("\"second\""));
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Content poison(String body, int receiveCount) {
        return new Content.Poison("id", body, "reason", receiveCount);
    }
}
