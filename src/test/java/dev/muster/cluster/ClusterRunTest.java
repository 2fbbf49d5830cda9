package dev.muster.cluster;

import static dev.muster.cluster.NodeOptions.NodeRole.COORDINATOR;
import static dev.muster.cluster.NodeOptions.NodeRole.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.engine.RunResult.RunEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ClusterRunTest {
    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void begin() {
        cluster = new TestCluster(directory);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void everyNodeWorksForARunAndTheTotalsAreExact() throws Exception {
        cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        cluster.start(new ToyJob("b"), COORDINATOR, WORKER);
        cluster.start(new ToyJob("c"), WORKER);

        cluster.submit("toy-1", ToyJob.arguments(600, 20));

        assertThat(cluster.completeTally("toy-1", 600).nodes()).containsOnlyKeys("a", "b", "c");
        ClusterView view = cluster.client().cluster();
        assertThat(view.members()).hasSize(3).allSatisfy(member -> {
            assertThat(member.status()).isEqualTo("Up");
            assertThat(member.workers()).isEqualTo(2);
        });
        assertThat(view.runs()).singleElement().satisfies(run -> assertThat(run.ended())
                .isTrue());
    }

    @Test
    void aFirstNodeThatIsStartedAgainJoinsTheOthersThoughTheyWereToldToJoinIt() throws Exception {
        ClusterNode first = cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        ClusterNode second = cluster.start(new ToyJob("b"), COORDINATOR, WORKER);
        HostPort address = first.address();
        await().atMost(TestCluster.LONG).until(() -> Files.readString(directory.resolve("cluster.members"))
                .contains(second.address().toString()));
        first.leave().toCompletableFuture().join();

        cluster.startAt(address, new ToyJob("c"), COORDINATOR, WORKER);

        assertThat(Cluster.get(second.system()).state().getMembers())
                .extracting(member -> member.address().hostPort())
                .contains("muster@" + address);
        second.leave().toCompletableFuture().join();
    }

    @Test
    void aNodeThatJoinsDuringARunIsGivenWork() throws Exception {
        cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        cluster.submit("toy-1", ToyJob.arguments(100_000, 20));
        await().atMost(TestCluster.LONG).until(() -> cluster.done("toy-1") > 50);

        ToyJob late = new ToyJob("late");
        cluster.start(late, WORKER);
        await().atMost(TestCluster.LONG).until(() -> late.begun() > 10);
        cluster.client().cancel("toy-1");

        assertThat(cluster.result("toy-1").summary().nodes()).containsKey("late");
    }

    @Test
    void aNodeThatLeavesFinishesItsTasksAndReturnsTheRestAtNoCost() throws Exception {
        cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        ToyJob leaving = new ToyJob("leaving");
        ClusterNode node = cluster.start(leaving, WORKER);
        cluster.submit("toy-1", ToyJob.arguments(300, 50));
        await().atMost(TestCluster.LONG).until(() -> leaving.begun() > 10);

        node.leave().toCompletableFuture().join();

        int tasks = cluster.completeTally("toy-1", 300).nodes().get("leaving");
        assertThat(tasks).isEqualTo(leaving.begun());
        assertThat(cluster.result("toy-1").stats().failed()).isZero();
    }

    @Test
    void theCoordinatorsNodeLeavesAndAnotherGoesOn() throws Exception {
        ClusterNode first = cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        cluster.start(new ToyJob("b"), COORDINATOR, WORKER);
        cluster.submit("toy-1", ToyJob.arguments(500, 50));
        await().atMost(TestCluster.LONG).until(() -> cluster.done("toy-1") > 50);
        assertThat(cluster.client().cluster().coordinator())
                .startsWith(first.address().toString());

        first.leave().toCompletableFuture().join();

        cluster.completeTally("toy-1", 500);
    }

    @Test
    void nodesAndClientsEndEvenIfTheirActorSystemsDoNot() throws Exception {
        Config endless = Endless.above(TestCluster.config(1));
        try (TestCluster stuck = new TestCluster(directory.resolve("stuck"), endless)) {
            ClusterNode node = stuck.start(new ToyJob("a"), COORDINATOR, WORKER);
            ClusterClient client = stuck.client();
            try {
                assertThat(CompletableFuture.runAsync(client::close)).succeedsWithin(TestCluster.LONG);
                assertThat(node.leave()).succeedsWithin(TestCluster.LONG);
                assertThat(node.terminated()).succeedsWithin(TestCluster.LONG);
            } finally {
                Endless.letGo();
            }
        }
    }

    @Test
    void aNodeWithoutCredentialsIsNamedAndItsTasksGoToOthersAtNoCost() throws Exception {
        cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        cluster.start(new ToyJob("unfit", false), WORKER);
        cluster.submit("toy-1", ToyJob.arguments(300, 20));

        await().atMost(TestCluster.LONG).until(() -> cluster.view("toy-1").nodes().stream()
                .flatMap(share -> share.unfit().stream())
                .anyMatch(failure -> failure.code().equals("NoCredentials")));

        assertThat(cluster.completeTally("toy-1", 300).nodes()).containsOnlyKeys("a");
        assertThat(cluster.result("toy-1").stats().failed()).isZero();
    }

    @Test
    void aCancelledRunEndsWithWhatItHas() throws Exception {
        cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        cluster.submit("toy-1", ToyJob.arguments(100_000, 20));
        await().atMost(TestCluster.LONG).until(() -> cluster.done("toy-1") > 20);

        cluster.client().cancel("toy-1");

        assertThat(cluster.result("toy-1").end()).isEqualTo(new RunEnd.Interrupted());
        assertThat(cluster.result("toy-1").summary().count()).isGreaterThan(20);
    }

    @Test
    void aClientThatGotNoAnswerWhileANodeWasAwayHearsItsSuccessorAtItsAddress() throws Exception {
        ClusterNode first = cluster.start(new ToyJob("a"), COORDINATOR, WORKER);
        HostPort address = first.address();
        cluster.submit("toy-1", ToyJob.arguments(20, 20));
        cluster.completeTally("toy-1", 20);

        first.close();
        assertThatThrownBy(() -> cluster.view("toy-1")).isInstanceOf(ClusterException.class);
        cluster.startAt(address, new ToyJob("b"), COORDINATOR, WORKER);

        await().atMost(TestCluster.LONG)
                .ignoreExceptionsInstanceOf(ClusterException.class)
                .until(() -> cluster.view("toy-1").ended());
    }

    @Test
    void aRunIsSubmittedOnceHoweverOftenTheClientRepeatsIt() throws Exception {
        ToyJob job = new ToyJob("a");
        cluster.start(job, COORDINATOR, WORKER);

        cluster.submit("toy-1", ToyJob.arguments(100, 1));
        cluster.submit("toy-1", ToyJob.arguments(100, 1));
        cluster.completeTally("toy-1", 100);
        cluster.submit("toy-1", ToyJob.arguments(100, 1));

        assertThat(cluster.view("toy-1").ended()).isTrue();
        assertThat(job.begun()).isEqualTo(100);
    }

    @Test
    void whatTheClusterDoesNotKnowIsRefusedInWords() throws Exception {
        cluster.start(new ToyJob("a"), COORDINATOR, WORKER);

        assertThat(cluster.client().run("nothing").refusal()).contains("the cluster knows no run nothing");
        assertThat(cluster.client()
                        .submit("x-1", "unheard-of", ToyJob.arguments(1, 1))
                        .refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("no job unheard-of"));
    }
}
