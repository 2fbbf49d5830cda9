package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.OutageLog;
import dev.muster.engine.Worker;
import dev.muster.engine.Worker.WorkerId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's proxy; the test plays the coordinator, and the node with two workers. */
@SuppressWarnings("unchecked") // a message's class says nothing of its type arguments
class NodeProxyTest {
    private static final PayloadCodec<String> CODEC = new PayloadCodec<>(String.class);
    private static final Failure UNFIT = new Failure(Failure.Kind.UNFIT, "ServiceUnavailable", "STS is down");
    private static final WorkerId ONE = new WorkerId("a", 1);
    private static final WorkerId TWO = new WorkerId("a", 2);
    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofSeconds(2);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<Coordinator.Command<String, String>> coordinator = kit.createTestProbe();
    private final TestProbe<RunCoordinator.FromProxy> parent = kit.createTestProbe();
    private final TestProbe<NodeProtocol> part = kit.createTestProbe();
    private final TestProbe<Worker.Command<Payload>> workers = kit.createTestProbe();
    private final ActorRef<Object> proxy = kit.spawn(NodeProxy.create(
            "a",
            part.getRef(),
            new NodeProxy.Run<>(coordinator.getRef(), parent.getRef(), new OutageLog<>(() -> this.now), CODEC, CODEC)));
    private long now;

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void aTaskGoesToTheWorkerItIsForAndItsResultComesBack() throws IOException {
        pull(TWO);
        assertThat(coordinator.expectMessageClass(Coordinator.Pull.class))
                .isEqualTo(new Coordinator.Pull<>(TWO, proxy.narrow(), 0));

        proxy.tell(new Worker.Assign<>(TWO, 7, "task", Duration.ofMinutes(1)));
        workers.expectMessage(new Worker.Assign<>(TWO, 7, CODEC.encode("task"), Duration.ofMinutes(1)));
        proxy.tell(new Coordinator.Completed<>(TWO, 7, CODEC.encode("result")));
        coordinator.expectMessage(new Coordinator.Completed<>(TWO, 7, "result"));
    }

    @Test
    void anUnfitNodeLosesNoTaskAndIsAskedAgainUntilItIsFit() throws IOException {
        pull(ONE);
        coordinator.expectMessageClass(Coordinator.Pull.class);
        proxy.tell(new Coordinator.Failed<>(ONE, 7, UNFIT));
        parent.expectMessage(new RunCoordinator.Fitness("a", Optional.of(UNFIT)));
        coordinator.expectMessage(new Coordinator.Leave<>(ONE, 6));

        pull(ONE);
        pull(TWO);
        coordinator.expectNoMessage();

        time.timePasses(LONGEST_FIRST_PAUSE);
        pull(TWO);
        pull(ONE);
        assertThat(coordinator.expectMessageClass(Coordinator.Pull.class).worker())
                .isEqualTo(TWO);
        coordinator.expectNoMessage();

        proxy.tell(new Coordinator.Completed<>(TWO, 8, CODEC.encode("result")));
        parent.expectMessage(new RunCoordinator.Fitness("a", Optional.empty()));
        coordinator.expectMessageClass(Coordinator.Completed.class);
        pull(ONE);
        coordinator.expectMessageClass(Coordinator.Pull.class);
    }

    @Test
    void whatAnUnfitNodeIsStillGivenGoesBackAtOnce() {
        pull(ONE);
        pull(TWO);
        proxy.tell(new Coordinator.Failed<>(ONE, 7, UNFIT));
        coordinator.expectMessageClass(Coordinator.Pull.class);
        coordinator.expectMessageClass(Coordinator.Pull.class);
        coordinator.expectMessageClass(Coordinator.Leave.class);

        proxy.tell(new Worker.Assign<>(TWO, 8, "task", Duration.ofMinutes(1)));

        coordinator.expectMessage(new Coordinator.Leave<>(TWO, 7));
        workers.expectNoMessage();
    }

    @Test
    void anOutageIsToldWhileItLastsAndThatItIsOver() throws IOException {
        Failure down = new Failure(Failure.Kind.TRANSIENT, "ConnectException", "list x failed: Connection refused");
        pull(ONE);
        for (int lease = 7; lease < 12; lease++) {
            proxy.tell(new Worker.Assign<>(ONE, lease, "task", Duration.ofMinutes(1)));
            proxy.tell(new Coordinator.Failed<>(ONE, lease, down));
            workers.receiveMessage();
            now += Duration.ofSeconds(1).toNanos();
        }
        parent.expectMessage(new RunCoordinator.Notice("list x failed: Connection refused; it is tried again"));

        proxy.tell(new Worker.Assign<>(ONE, 12, "task", Duration.ofMinutes(1)));
        proxy.tell(new Coordinator.Completed<>(ONE, 12, CODEC.encode("result")));

        parent.expectMessage(new RunCoordinator.Notice("it works again: list x"));
        parent.expectNoMessage();
    }

    @Test
    void theProxyEndsWithTheNodesPartInTheRun() {
        part.stop();

        coordinator.expectTerminated(proxy);
    }

    private void pull(WorkerId worker) {
        proxy.tell(new Coordinator.Pull<>(worker, workers.getRef(), 0));
    }
}
