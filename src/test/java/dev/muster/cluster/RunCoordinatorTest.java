package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.Worker;
import dev.muster.engine.Worker.WorkerId;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run's coordinator; the test plays its parent and the nodes. */
@Tag("slow")
class RunCoordinatorTest {
    private static final Failure UNFIT = new Failure(Failure.Kind.UNFIT, "NoCredentials", "no credentials here");

    private static ActorTestKit kit;

    private final MemoryStore store = new MemoryStore();
    private final RunRepository states = new RunRepository(store);
    private final ToyJob job = new ToyJob("here");
    private TestProbe<RunRegistry.Internal> parent;
    private ActorRef<RunProtocol> run;

    @BeforeAll
    static void begin() {
        kit = ActorTestKit.create(NodeSystems.config());
    }

    @AfterAll
    static void end() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void start() throws Exception {
        states.submit(RunRecord.submitted("run-1", "toy", ToyJob.arguments(7, 1), Instant.now()));
        parent = kit.createTestProbe();
        coordinate();
    }

    private void coordinate() {
        NodeContext node = new NodeContext(job.types(), ClusterSettings.from(TestCluster.config(1)), new NodeMetrics());
        run = kit.spawn(RunCoordinator.create("run-1", job, states, node, parent.getRef()));
    }

    @AfterEach
    void stop() {
        kit.stop(run);
    }

    @Test
    void aRunThatNoNodeCanWorkForSaysSoAndGoesOnWhenOneComes() {
        Node unfit = new Node("unfit");
        unfit.proxy.tell(new Coordinator.Failed<>(unfit.worker, unfit.pull().lease(), UNFIT));

        assertThat(awaitProblem(true)).isEqualTo("no node can do its tasks: no credentials here");

        Node fit = new Node("fit");
        fit.pull();
        awaitProblem(false);
    }

    @Test
    void aCancelledRunEndsThoughItIsHandedOverBeforeItsTasksHave() throws Exception {
        Node node = new Node("slow");
        long lease = node.pull().lease();

        assertThat(cancel().refusal()).isEmpty();
        assertThat(states.read("run-1").orElseThrow().record().cancelled()).isTrue();
        run.tell(new RunCoordinator.Park());
        node.proxy.tell(new Coordinator.Leave<>(node.worker, lease - 1));

        parent.expectTerminated(run);
        assertThat(states.read("run-1").orElseThrow().record().ended()).isTrue();
        InputStream result = states.content(states.read("run-1").orElseThrow().result());
        assertThat(new ResultCodec<>(ToyJob.Work.class, ToyJob.Tally.class)
                        .decode(result)
                        .end())
                .isEqualTo(new RunEnd.Interrupted());
    }

    @Test
    void aParkedRunKeepsItsCheckpointForTheNextCoordinator() throws Exception {
        run.tell(new RunCoordinator.Park());

        parent.expectTerminated(run);
        assertThat(states.read("run-1").orElseThrow().record().ended()).isFalse();
    }

    @Test
    void aResultThatCannotBeKeptIsKeptLaterAndNoTaskIsDoneAgain() throws Exception {
        Node node = new Node("node");
        long lease = node.pull().lease();
        assertThat(cancel().refusal()).isEmpty();
        store.breakDown();
        node.proxy.tell(new Coordinator.Leave<>(node.worker, lease - 1));

        assertThat(awaitProblem(true))
                .isEqualTo("its tasks are done, but its result cannot be kept: the store is broken; trying again");
        store.recover();

        parent.expectTerminated(run);
        assertThat(states.read("run-1").orElseThrow().record().ended()).isTrue();
        assertThat(states.read("run-1").orElseThrow().record().epoch()).isEqualTo(1);
    }

    @Test
    void aRunWhoseTasksWereGivenUpAndDoneLaterIsComplete() throws Exception {
        Node node = new Node("node");
        node.proxy.tell(new Coordinator.Failed<>(node.worker, node.pull().lease(), gone(ToyJob.PASSING)));

        for (int done = 0; done < 7; done++) {
            Worker.Assign<Payload> task = node.assigned();
            node.proxy.tell(new Coordinator.Completed<>(node.worker, task.lease(), outcome(number(task))));
        }

        parent.expectTerminated(run);
        assertThat(states.read("run-1").orElseThrow().record().outcome()).contains(RunView.Outcome.COMPLETE);
    }

    @Test
    void aRunThatLacksSomethingIsIncomplete() throws Exception {
        Node node = new Node("node");
        node.proxy.tell(new Coordinator.Failed<>(node.worker, node.pull().lease(), gone("NoSuchNumber")));

        parent.expectTerminated(run);
        assertThat(states.read("run-1").orElseThrow().record().outcome()).contains(RunView.Outcome.INCOMPLETE);
    }

    @Test
    void whatFailedForReasonsThatMayPassIsTriedAgainWhenTheRunIsResumed() throws Exception {
        Node node = new Node("node");
        node.proxy.tell(new Coordinator.Completed<>(node.worker, node.pull().lease(), outcome(1)));
        Worker.Assign<Payload> task = node.assigned();
        int failing = number(task);
        Failure passing = new Failure(Failure.Kind.TRANSIENT, "ConnectException", "down");
        while (!states.read("run-1").orElseThrow().record().ended()) {
            if (number(task) == failing) {
                node.proxy.tell(new Coordinator.Failed<>(node.worker, task.lease(), passing));
            } else {
                node.proxy.tell(new Coordinator.Completed<>(node.worker, task.lease(), outcome(number(task))));
            }
            Optional<Worker.Assign<Payload>> next = node.assignedSoon();
            task = next.orElse(task);
        }
        parent.expectTerminated(run);
        assertThat(states.read("run-1").orElseThrow().record().outcome()).contains(RunView.Outcome.INCOMPLETE);

        states.resume("run-1");
        coordinate();
        Node again = new Node("again");
        Worker.Assign<Payload> first = again.pull();

        assertThat(number(first)).isEqualTo(failing);
        assertThat(states.read("run-1").orElseThrow().record().ended()).isFalse();
    }

    private static Payload outcome(int number) throws Exception {
        return new PayloadCodec<>(ToyJob.Outcome.class).encode(new ToyJob.Outcome(number, "node"));
    }

    private static int number(Worker.Assign<Payload> task) throws Exception {
        return new PayloadCodec<>(ToyJob.Work.class).decode(task.work()).number();
    }

    private static Failure gone(String code) {
        return new Failure(Failure.Kind.GONE, code, "gone");
    }

    private RunReply cancel() {
        TestProbe<RunReply> client = kit.createTestProbe();
        run.tell(new RunCoordinator.Cancel(client.getRef()));
        return client.receiveMessage();
    }

    /** Waits until the run has a problem, or none. */
    private String awaitProblem(boolean present) {
        RunView view;
        do {
            view = parent.expectMessageClass(RunCoordinator.Seen.class).view();
        } while (view.problem().isPresent() != present);
        return view.problem().orElse("");
    }

    /** A node with one worker. */
    private final class Node {
        private final TestProbe<NodeProtocol> part = kit.createTestProbe();
        private final TestProbe<Worker.Command<Payload>> probe = kit.createTestProbe();
        private final WorkerId worker;
        private final ActorRef<Coordinator.Command<Payload, Payload>> proxy;

        Node(String name) {
            worker = new WorkerId(name, 1);
            run.tell(new RunProtocol.Enlist(name, 1, part.getRef()));
            proxy = part.expectMessageClass(NodeProtocol.Serve.class).coordinator();
        }

        Worker.Assign<Payload> pull() {
            proxy.tell(new Coordinator.Pull<>(worker, probe.getRef(), 0));
            return assigned();
        }

        /** Empty if none comes within a second. */
        Optional<Worker.Assign<Payload>> assignedSoon() {
            try {
                return Optional.of(assigned());
            } catch (AssertionError e) {
                return Optional.empty();
            }
        }

        @SuppressWarnings("unchecked") // a worker is told nothing else
        Worker.Assign<Payload> assigned() {
            return probe.expectMessageClass(Worker.Assign.class);
        }
    }
}
