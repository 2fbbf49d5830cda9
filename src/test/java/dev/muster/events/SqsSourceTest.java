package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.emulator.queue.QueueFaults.QueueDeviation;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.QueueDepth;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import dev.muster.events.queue.SqsSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsSourceTest {
    private static ActorTestKit kit;

    private PracticeQueue practice;

    @BeforeAll
    static void startStreams() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void endStreams() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void start() {
        practice = new PracticeQueue();
    }

    @AfterEach
    void end() {
        practice.close();
    }

    @Test
    void aClosedSourceEndsTheReceivesUnderWay() {
        SqsSource source = source(Duration.ofSeconds(20));
        CompletableFuture<ReceiveResult> receive = source.receive(1);
        await().until(() -> practice.cloud.counts().of("ReceiveMessage") == 1);

        source.close();

        assertThat(receive).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void aBodyThatWasDamagedOnItsWayComesAgainAndCostsNoOther() {
        List<String> bodies = List.of("a", "b", "c", "d");
        practice.send(bodies);
        practice.cloud.queueDeviations(QueueDeviation.DAMAGES_A_BODY_ONCE);
        SqsSource source = source(Duration.ofSeconds(1));
        assertThat(receive(source)).hasSize(3);
        List<ReceivedMessage> again = new ArrayList<>();
        await().until(() -> again.addAll(receive(source)));
        assertThat(again).hasSize(1).allSatisfy(message -> assertThat(bodies).contains(message.body()));
    }

    @Test
    void aBodyThatComesTwiceTheSameIsTakenWhateverItsDigest() {
        practice.send(List.of("a", "b"));
        practice.cloud.queueDeviations(QueueDeviation.WRONG_DIGESTS);
        SqsSource source = source(Duration.ofSeconds(1));
        assertThat(receive(source)).isEmpty();
        List<String> bodies = new ArrayList<>();
        await().until(() -> {
            receive(source).forEach(message -> bodies.add(message.body()));
            return bodies.size() == 2;
        });
        assertThat(bodies).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aBodyThatIsDamagedEachTimeIsHandedOnAsBroken() {
        practice.send(List.of("a"));
        practice.cloud.queueDeviations(QueueDeviation.DAMAGES_BODIES);
        SqsSource source = source(Duration.ofSeconds(1));
        List<ReceivedMessage> broken = new ArrayList<>();
        await().until(() -> broken.addAll(receive(source)));
        assertThat(broken).singleElement().satisfies(message -> {
            assertThat(message.defect()).contains("its body does not match its MD5OfBody");
            assertThat(message.body()).startsWith("a");
            assertThat(message.receiveCount()).isEqualTo(3);
        });
    }

    @Test
    void aServerWhoseDigestsAreWrongIsNotAskedTwiceForEachMessage() {
        practice.send(List.of("a", "b", "c", "d", "e"));
        practice.cloud.queueDeviations(QueueDeviation.WRONG_DIGESTS);
        SqsSource source = source(Duration.ofSeconds(1));
        List<ReceivedMessage> taken = new ArrayList<>();
        await().until(() -> {
            taken.addAll(receive(source));
            return taken.size() == 5;
        });
        practice.send(List.of("f"));
        assertThat(receive(source)).extracting(ReceivedMessage::body).containsExactly("f");
    }

    @Test
    void aMessageWithoutAReceiptDoesNotTakeOthersAlong() {
        practice.send(List.of("a"));
        SqsSource source = source(Duration.ofSeconds(1));
        ReceiptHandle without = new ReceiptHandle("odd", "");
        ReceiptHandle whole = receive(source).get(0).receipt();
        assertThat(source.delete(List.of(without)).join())
                .containsExactly(AckResult.of(without, AckResult.Outcome.LOST));
        assertThat(practice.cloud.counts().of("DeleteMessageBatch")).isZero();
        assertThat(source.delete(List.of(without, whole)).join())
                .extracting(AckResult::outcome)
                .containsExactlyInAnyOrder(AckResult.Outcome.LOST, AckResult.Outcome.DONE);
    }

    @Test
    void aReceiptForWhichAServerRefusesTheWholeBatchCostsNoOther() {
        practice.send(List.of("a", "b"));
        practice.cloud.queueDeviations(QueueDeviation.REFUSED_BATCHES);
        SqsSource source = source(Duration.ofSeconds(1));
        List<ReceiptHandle> receipts = new ArrayList<>(
                receive(source).stream().map(ReceivedMessage::receipt).toList());
        receipts.add(1, new ReceiptHandle("odd", "no receipt of this queue"));

        assertThat(source.delete(receipts).join())
                .extracting(AckResult::outcome)
                .containsExactlyInAnyOrder(AckResult.Outcome.DONE, AckResult.Outcome.LOST, AckResult.Outcome.DONE);
        assertThat(practice.messagesLeft()).isZero();
    }

    @Test
    void aDeletionThatTheQueueHasForgottenIsSentOnceMoreBeforeItsNumbersAreBelieved() {
        practice.send(List.of("a", "b"));
        practice.cloud.queueDeviations(QueueDeviation.IGNORED_DELETIONS);
        SqsSource source = source(Duration.ofSeconds(1));
        source.delete(receive(source).stream().map(ReceivedMessage::receipt).toList())
                .join();
        practice.cloud.queueDeviations();

        assertThat(source.depth().join()).get().extracting(QueueDepth::messages).isEqualTo(0L);
        long deletions = practice.cloud.counts().of("DeleteMessageBatch");
        source.depth().join();
        assertThat(practice.cloud.counts().of("DeleteMessageBatch")).isEqualTo(deletions);
    }

    @Test
    void aMessageThatComesBackAfterEachDeletionIsNotTakenForEver() {
        practice.send(List.of("a"));
        practice.cloud.queueDeviations(QueueDeviation.IGNORED_DELETIONS);
        SqsSource source = source(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            List<ReceiptHandle> receipts =
                    receive(source).stream().map(ReceivedMessage::receipt).toList();
            assertThat(source.delete(receipts).join())
                    .extracting(AckResult::outcome)
                    .containsExactly(AckResult.Outcome.DONE);
            source.release(receipts).join();
        }

        assertThat(source.receive(10))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("has said 3 times that message ");
    }

    @Test
    void oddAttributesAreUnknownAndNoReasonToFail() {
        practice.send(List.of("a"));
        practice.cloud.queueDeviations(QueueDeviation.ODD_ATTRIBUTES);
        assertThat(receive(source(Duration.ofSeconds(1)))).singleElement().satisfies(message -> {
            assertThat(message.sentMillis()).isEqualTo(1_650_000_000_000L);
            assertThat(message.receiveCount()).isEqualTo(1);
        });
        practice.send(List.of("b"));
        practice.cloud.queueDeviations(QueueDeviation.NO_ATTRIBUTES);
        assertThat(receive(source(Duration.ofSeconds(1))))
                .singleElement()
                .satisfies(message -> assertThat(message.sentMillis()).isEqualTo(Long.MAX_VALUE));
    }

    @Test
    void aDeletionThatIsNotSpokenOfIsTakenForDoneAndAnExtensionIsNot() {
        practice.send(List.of("a"));
        SqsSource source = source(Duration.ofSeconds(1));
        List<ReceiptHandle> receipts =
                receive(source).stream().map(ReceivedMessage::receipt).toList();
        practice.cloud.queueDeviations(QueueDeviation.SILENT_BATCHES);
        assertThat(source.extend(receipts).join())
                .extracting(AckResult::outcome)
                .containsExactly(AckResult.Outcome.FAILED);
        assertThat(source.delete(receipts).join())
                .extracting(AckResult::outcome)
                .containsExactly(AckResult.Outcome.DONE);
        assertThat(practice.messagesLeft()).isZero();
    }

    @Test
    void theQueueTellsHowManyMessagesItHas() {
        practice.send(List.of("a", "b", "c"));
        SqsSource source = source(Duration.ofSeconds(1));
        source.receive(1).join();
        assertThat(source.depth().join()).contains(new QueueDepth(2, 1, 0, Optional.empty()));
        String dead = practice.sqs
                .createQueue(create -> create.queueName("dead"))
                .join()
                .queueUrl();
        String arn = practice.sqs
                .getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .join()
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        practice.sqs
                .setQueueAttributes(set -> set.queueUrl(practice.queueUrl)
                        .attributes(Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"3\"}")))
                .join();
        assertThat(source.depth().join().orElseThrow().maxReceiveCount()).contains("3");
    }

    private static List<ReceivedMessage> receive(SqsSource source) {
        return source.receive(10).join().messages();
    }

    private SqsSource source(Duration wait) {
        return new SqsSource(
                practice.sqs,
                practice.queueUrl,
                wait,
                Duration.ofMinutes(1),
                1,
                PracticeQueue::classify,
                Materializer.matFromSystem(kit.system()));
    }
}
