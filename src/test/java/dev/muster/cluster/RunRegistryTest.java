package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.RunResult.RunEnd;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The registry on a node that is alone and does no tasks, so that runs stay as they are. */
@Tag("slow")
class RunRegistryTest {
    private static final SortedMap<String, String> SENSE = ToyJob.arguments(7, 1);
    private static final SortedMap<String, String> NONSENSE = new TreeMap<>(Map.of("count", "many", "millis", "1"));

    private static ActorTestKit kit;

    private final MemoryStore store = new MemoryStore();
    private final RunRepository states = new RunRepository(store);
    private ActorRef<RegistryProtocol> registry;

    @BeforeAll
    static void begin() {
        kit = ActorTestKit.create(NodeSystems.config());
    }

    @AfterAll
    static void end() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void stop() {
        kit.stop(registry);
    }

    @Test
    void aRunWhoseStateCannotBeReadIsShownAndHoldsUpNoOther() throws Exception {
        store.write("bad.run", "no line, and no run".getBytes(UTF_8), Optional.empty());
        submitted("good", SENSE);
        start();

        await().atMost(TestCluster.LONG).until(() -> run("good").progress().isPresent());
        assertThat(run("bad").problem())
                .hasValueSatisfying(why -> assertThat(why).contains("bad.run is damaged"));
        assertThat(run("bad").ended()).isFalse();
    }

    @Test
    void aStoreThatCannotBeReadWhenARunBreaksStopsNoOther() throws Exception {
        start(new ToyJob("here").beforeNonsense(store::breakDown), "1 day");
        assertThat(submit("good", SENSE).refusal()).isEmpty();
        await().atMost(TestCluster.LONG).until(() -> run("good").progress().isPresent());

        assertThat(submit("broken", NONSENSE).refusal()).isEmpty();

        await().atMost(TestCluster.LONG).until(() -> run("broken").problem().isPresent());
        assertThat(run("good").progress()).isPresent();
        store.recover();
    }

    @Test
    void aResultThatCannotBeReadNowIsReadWhenTheClientAsksAgain() throws Exception {
        ended("done");
        start();
        assertThat(run("done").ended()).isTrue();
        store.breakDown();
        TestProbe<RegistryProtocol.ResultPart> client = kit.createTestProbe();
        registry.tell(new RegistryProtocol.ReadResult("done", 0, client.getRef()));
        assertThat(run("done").ended()).isTrue();
        client.expectNoMessage(Duration.ZERO);
        store.recover();

        registry.tell(new RegistryProtocol.ReadResult("done", 0, client.getRef()));

        assertThat(client.receiveMessage().total()).isEqualTo(3);
    }

    @Test
    void aWaitingRunThatIsCancelledEndsEvenIfItCannotBegin() throws Exception {
        start();
        submit("never", NONSENSE);
        await().atMost(TestCluster.LONG).until(() -> run("never").problem().isPresent());

        assertThat(cancel("never").refusal()).isEmpty();

        await().atMost(TestCluster.LONG).until(() -> run("never").ended());
        assertThat(states.read("never").orElseThrow().record().ended()).isTrue();
        assertThat(states.read("never").orElseThrow().result()).isEmpty();
    }

    @Test
    void aCancelThatCannotBeRememberedIsRefused() throws Exception {
        start();
        submit("run-1", SENSE);
        await().atMost(TestCluster.LONG).until(() -> run("run-1").progress().isPresent());
        store.breakDown();

        assertThat(cancel("run-1").refusal()).hasValue("cannot end run run-1: the store is broken");
        store.recover();
    }

    @Test
    void aRunThatWasCancelledIsEndedByTheNextCoordinator() throws Exception {
        submitted("run-1", SENSE);
        states.cancel("run-1");
        start();

        await().atMost(TestCluster.LONG).until(() -> run("run-1").ended());
        InputStream result = states.content(states.read("run-1").orElseThrow().result());
        assertThat(new ResultCodec<>(ToyJob.Work.class, ToyJob.Tally.class)
                        .decode(result)
                        .end())
                .isEqualTo(new RunEnd.Interrupted());
    }

    @Test
    void aRunThatIsCompleteHasNothingToGoOnWith() throws Exception {
        ended("done");
        start();

        assertThat(resume("done").refusal())
                .hasValue("cannot continue run done: it has left nothing to continue from; start it again");
        assertThat(run("done").ended()).isTrue();
    }

    @Test
    void aCancelledRunGoesOnFromItsCheckpointWithoutItsFirstResult() throws Exception {
        submitted("run-1", SENSE);
        states.cancel("run-1");
        start();
        await().atMost(TestCluster.LONG).until(() -> run("run-1").ended());
        RegistryProtocol.ResultPart first = ask(replyTo -> new RegistryProtocol.ReadResult("run-1", 0, replyTo));
        assertThat(first.total()).isPositive();

        assertThat(resume("run-1").refusal()).isEmpty();

        await().atMost(TestCluster.LONG).until(() -> run("run-1").progress().isPresent());
        RegistryProtocol.ResultPart none = ask(replyTo -> new RegistryProtocol.ReadResult("run-1", 0, replyTo));
        assertThat(none.total()).isEqualTo(-1);
    }

    @Test
    void aRunThatIsSubmittedDuringAHandOverIsLeftToTheSuccessor() throws Exception {
        start();
        submit("run-1", SENSE);
        await().atMost(TestCluster.LONG).until(() -> run("run-1").progress().isPresent());
        TestProbe<RunReply> client = kit.createTestProbe();

        registry.tell(new RunRegistry.HandOver());
        registry.tell(new RegistryProtocol.Submit("late", "toy", SENSE, client.getRef()));

        client.expectTerminated(registry);
        client.expectNoMessage(Duration.ZERO);
        assertThat(states.list()).containsExactly("run-1");
    }

    @Test
    void aNameIsTakenForOneJobAndItsArguments() throws Exception {
        start();
        assertThat(submit("run-1", SENSE).refusal()).isEmpty();
        assertThat(submit("run-1", SENSE).refusal()).isEmpty();

        assertThat(submit("run-1", ToyJob.arguments(8, 1)).refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("another run is named run-1"));
        assertThat(submit("../run-1", SENSE).refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("a run's name is made of"));
        assertThat(states.list()).containsExactly("run-1");
    }

    @Test
    void nothingIsReadUnderANameThatNoRunHas() throws Exception {
        start();
        assertThat(cluster().runs()).isEmpty();
        ended("outside");

        RegistryProtocol.ResultPart part = ask(replyTo -> new RegistryProtocol.ReadResult("outside", 0, replyTo));

        assertThat(part.total()).isEqualTo(-1);
    }

    @Test
    void resultsThatWereKeptForLongEnoughAreForgottenWhileTheRegistryLives() throws Exception {
        start(new ToyJob("here"), "0");
        submit("goes-on", SENSE);
        submit("ends", SENSE);
        await().atMost(TestCluster.LONG).until(() -> run("ends").progress().isPresent());
        cancel("ends");
        await().atMost(TestCluster.LONG).until(() -> run("ends").ended());

        registry.tell(new RunRegistry.Expire());

        assertThat(cluster().runs()).singleElement().satisfies(run -> assertThat(run.run())
                .isEqualTo("goes-on"));
        assertThat(states.list()).containsExactly("goes-on");
    }

    private void submitted(String run, SortedMap<String, String> arguments) throws Exception {
        states.submit(RunRecord.submitted(run, "toy", arguments, Instant.now()));
    }

    private void ended(String run) throws Exception {
        submitted(run, SENSE);
        states.takeOver(run).end(out -> out.write(new byte[3]), false, RunView.Outcome.COMPLETE, Instant.now());
    }

    private void start() {
        start(new ToyJob("here"), "1 day");
    }

    private void start(ToyJob job, String keepRuns) {
        Config config = ConfigFactory.parseString("muster.cluster.keep-runs = " + keepRuns)
                .withFallback(TestCluster.config(1));
        NodeContext node = new NodeContext(job.types(), ClusterSettings.from(config), new NodeMetrics());
        registry = kit.spawn(RunRegistry.create(node, states));
    }

    private RunReply submit(String run, SortedMap<String, String> arguments) {
        return ask(replyTo -> new RegistryProtocol.Submit(run, "toy", arguments, replyTo));
    }

    private RunReply cancel(String run) {
        return ask(replyTo -> new RegistryProtocol.Cancel(run, replyTo));
    }

    private RunReply resume(String run) {
        return ask(replyTo -> new RegistryProtocol.Resume(run, replyTo));
    }

    private RunView run(String run) {
        return this.<RunReply>ask(replyTo -> new RegistryProtocol.GetRun(run, replyTo))
                .view()
                .orElseThrow();
    }

    private ClusterView cluster() {
        return ask(RegistryProtocol.GetCluster::new);
    }

    private <A> A ask(Function<ActorRef<A>, RegistryProtocol> question) {
        TestProbe<A> probe = kit.createTestProbe();
        registry.tell(question.apply(probe.getRef()));
        return probe.receiveMessage();
    }
}
