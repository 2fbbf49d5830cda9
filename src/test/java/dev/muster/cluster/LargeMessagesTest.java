package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.protocol.NodeProtocol;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.engine.Coordinator;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Executor;
import dev.muster.engine.Worker;
import dev.muster.engine.WorkerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
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
        TestProbe<RunProtocol> run = kit.createTestProbe();
        Executor<String, String> executor =
                size -> CompletableFuture.completedFuture("k".repeat(Integer.parseInt(size)));
        EngineSettings settings = EngineSettings.from(TestCluster.config(1));
        ActorRef<NodeProtocol> node =
                kit.spawn(NodeRun.create(run.getRef(), "a", settings, executor, String.class, String.class));
        run.expectMessageClass(RunProtocol.Pull.class);

        node.tell(new NodeProtocol.Assign(1, 7, CODEC.encode(Integer.toString(LARGE_PAGE)), Duration.ofMinutes(1)));
        RunProtocol.Completed completed = fish(run, RunProtocol.Completed.class);
        assertThat(CODEC.decode(completed.result())).hasSize(LARGE_PAGE);

        node.tell(new NodeProtocol.Assign(1, 8, CODEC.encode(Integer.toString(TOO_LARGE)), Duration.ofMinutes(1)));
        assertThat(fish(run, RunProtocol.Failed.class).failure().code()).isEqualTo("UnsendableResult");
    }

    /** The next message that is no repeated pull. */
    private static <M extends RunProtocol> M fish(TestProbe<RunProtocol> run, Class<M> type) {
        RunProtocol message;
        do {
            message = run.receiveMessage(Duration.ofSeconds(20));
        } while (message instanceof RunProtocol.Pull);
        return type.cast(message);
    }

    @Test
    void aTaskThatNoMessageHoldsIsAFailureThatSaysSo() {
        TestProbe<NodeProtocol> node = kit.createTestProbe();
        TestProbe<Coordinator.Command<String, String>> coordinator = kit.createTestProbe();
        WorkerId id = new WorkerId("a", 1);
        ActorRef<Worker.Command<String>> worker =
                kit.spawn(RemoteWorker.create(id, node.getRef(), CODEC, coordinator.getRef()));

        worker.tell(new Worker.Assign<>(7, "k".repeat(TOO_LARGE), Duration.ofMinutes(1)));
        worker.tell(new Worker.Assign<>(8, "small", Duration.ofMinutes(1)));

        assertThat(coordinator.receiveMessage())
                .isInstanceOfSatisfying(Coordinator.Failed.class, failed -> assertThat(failed.failure())
                        .hasToString("UnsendableTask: a task of 7345546 bytes is too large for a message"));
        assertThat(node.expectMessageClass(NodeProtocol.Assign.class).lease()).isEqualTo(8);
    }

    @Test
    void theLargestPayloadFitsIntoAMessage() {
        long frame = NodeSystems.config().getBytes("pekko.remote.artery.advanced.maximum-frame-size");

        assertThat(frame - Payload.LARGEST).isGreaterThan(512 * 1024);
    }
}
