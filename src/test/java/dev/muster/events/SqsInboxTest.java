package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.queue.Delivery;
import dev.muster.events.queue.SqsInbox;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.Test;

class SqsInboxTest {
    @Test
    void aClosedInboxEndsTheReceivesUnderWay() {
        ActorTestKit kit = ActorTestKit.create();
        try (PracticeQueue practice = new PracticeQueue()) {
            SqsInbox inbox = new SqsInbox(
                    practice.sqs,
                    practice.queueUrl,
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(1),
                    1,
                    PracticeQueue::classify,
                    Materializer.matFromSystem(kit.system()));
            CompletableFuture<Delivery> receive = inbox.receive(1);
            await().until(() -> practice.cloud.counts().of("ReceiveMessage") == 1);

            inbox.close();

            assertThat(receive).failsWithin(10, TimeUnit.SECONDS);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
