package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Executor;
import dev.muster.engine.OutageLog;
import dev.muster.engine.Worker;
import dev.muster.engine.Worker.WorkerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@SuppressWarnings("unchecked") // a message's class says nothing of its type arguments
class LargeMessagesTest {
    private static final PayloadCodec<String> CODEC = new PayloadCodec<>(String.class);
    /** Four lists of a thousand keys of the greatest length. */
    private static final int LARGE_PAGE = 4 * 1000 * 1100;

    private static final int TOO_LARGE = Payload.LARGEST + 1;

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void theLargestPageIsAResultAndWhatNoMessageHoldsIsAFailureThatSaysSo() throws Exception {
        Executor<String, String> pages = size -> CompletableFuture.completedFuture("k".repeat(Integer.parseInt(size)));
        Executor<Payload, Payload> encoded = new NodeWorkers.EncodedTasks<>(pages, CODEC, CODEC);

        Payload page =
                encoded.execute(CODEC.encode(Integer.toString(LARGE_PAGE))).join();
        CompletableFuture<Payload> larger = encoded.execute(CODEC.encode(Integer.toString(TOO_LARGE)));

        assertThat(CODEC.decode(page)).hasSize(LARGE_PAGE);
        assertThatThrownBy(larger::join).hasMessageContaining("UnsendableResult: a result of 73455");
    }

    @Test
    void aTaskThatNoMessageHoldsIsAFailureThatSaysSo() {
        TestProbe<Worker.Command<Payload>> worker = kit.createTestProbe();
        TestProbe<Coordinator.Command<String, String>> coordinator = kit.createTestProbe();
        TestProbe<RunCoordinator.FromProxy> parent = kit.createTestProbe();
        WorkerId id = new WorkerId("a", 1);
        ActorRef<Object> proxy = kit.spawn(NodeProxy.create(
                "a",
                worker.getRef(),
                new NodeProxy.Run<>(
                        coordinator.getRef(), parent.getRef(), new OutageLog<>(System::nanoTime), CODEC, CODEC)));
        proxy.tell(new Coordinator.Pull<>(id, worker.getRef(), 0));
        coordinator.expectMessageClass(Coordinator.Pull.class);

        proxy.tell(new Worker.Assign<>(id, 7, "k".repeat(TOO_LARGE), Duration.ofMinutes(1)));
        proxy.tell(new Worker.Assign<>(id, 8, "small", Duration.ofMinutes(1)));

        assertThat(coordinator.receiveMessage())
                .isInstanceOfSatisfying(Coordinator.Failed.class, failed -> assertThat(failed.failure())
                        .hasToString("UnsendableTask: a task of 7345546 bytes is too large for a message"));
        assertThat(worker.expectMessageClass(Worker.Assign.class).lease()).isEqualTo(8);
    }

    @Test
    void theLargestPayloadFitsIntoAMessage() {
        long frame = NodeSystems.config().getBytes("pekko.remote.artery.advanced.maximum-frame-size");

        assertThat(frame - Payload.LARGEST).isGreaterThan(512 * 1024);
    }
}
