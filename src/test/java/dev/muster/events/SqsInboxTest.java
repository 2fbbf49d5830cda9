package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.queue.ReceiveResult;
import dev.muster.events.queue.SqsSource;
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
            SqsSource messageSource = new SqsSource(
                    practice.sqs,
                    practice.queueUrl,
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(1),
                    1,
                    PracticeQueue::classify,
                    Materializer.matFromSystem(kit.system()));
            CompletableFuture<ReceiveResult> receive = messageSource.receive(1);
            await().until(() -> practice.cloud.counts().of("ReceiveMessage") == 1);

            messageSource.close();

            assertThat(receive).failsWithin(10, TimeUnit.SECONDS);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
