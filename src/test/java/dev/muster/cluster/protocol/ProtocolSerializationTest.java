package dev.muster.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.muster.cluster.NodeSystems;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.Worker;
import dev.muster.engine.Worker.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProtocolSerializationTest {
    private static final ActorTestKit KIT = ActorTestKit.create("muster", NodeSystems.config());
    private static final SerializationTestKit SERIALIZATION = KIT.serializationTestKit();
    private static final SortedMap<String, String> ARGUMENTS = new TreeMap<>(Map.of("include", "логи-*", "prefix", ""));
    private static final WorkerId WORKER = new WorkerId("127.0.0.1:7355@1f", 3);
    private static final Failure FAILURE = new Failure(Failure.Kind.THROTTLED, "SlowDown", "please");
    private static final Payload PAYLOAD = Payload.of(new byte[] {0, -1, 10, 127});

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    @Test
    void everyMessageComesThroughAsItWas() {
        List<ClusterMessage> samples = samples();

        samples.forEach(sample -> SERIALIZATION.verifySerialization(sample, true));

        assertThat(samples.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(declared());
    }

    @Test
    void theEnginesMessagesCarryEncodedTasksAndResults() {
        ActorRef<Worker.Command<Payload>> worker = ref();

        Stream.of(
                        new Worker.Assign<>(WORKER, Long.MAX_VALUE, PAYLOAD, Duration.ofSeconds(65)),
                        new Worker.Cancel<>(WORKER, 1L << 41),
                        new Coordinator.Pull<>(WORKER, worker, 7),
                        new Coordinator.Completed<>(WORKER, 7, PAYLOAD),
                        new Coordinator.Failed<>(WORKER, 7, FAILURE),
                        new Coordinator.Leave<>(WORKER, 7))
                .forEach(message -> SERIALIZATION.verifySerialization(message, true));
    }

    @Test
    void noOtherMessageOfTheEngineTravels() {
        assertThatThrownBy(() -> SERIALIZATION.verifySerialization(new Coordinator.Stop<>(), true))
                .hasMessageContaining("Coordinator$Stop");
    }

    /** A view's field that an older release does not know, and one that it does not send. */
    @Test
    void aFieldThatIsNewOrMissingKeepsNoReleaseFromReadingTheRest() throws Exception {
        RunReply reply = RunReply.of(view());
        SerializerWithStringManifest serializer = (SerializerWithStringManifest)
                SerializationExtension.get(Adapter.toClassic(KIT.system())).findSerializerFor(reply);
        CBORMapper mapper = new CBORMapper();
        ObjectNode fields = (ObjectNode) mapper.readTree(serializer.toBinary(reply));
        fields.put("later", "more");
        ((ObjectNode) fields.path("view")).remove(List.of("cancelled", "problem", "notices"));

        RunReply read = (RunReply) serializer.fromBinary(mapper.writeValueAsBytes(fields), serializer.manifest(reply));

        assertThat(read.view()).hasValueSatisfying(view -> {
            assertThat(view.arguments()).isEqualTo(ARGUMENTS);
            assertThat(view.cancelled()).isFalse();
            assertThat(view.problem()).isEmpty();
            assertThat(view.notices()).isEmpty();
        });
    }

    /** Every record of this package that may cross machines. */
    private static Set<Class<?>> declared() {
        return Stream.concat(
                        Stream.of(NodeProtocol.class, RunProtocol.class, RegistryProtocol.class, ShardedProtocol.class)
                                .flatMap(type -> Stream.of(type.getDeclaredClasses())),
                        Stream.of(RunReply.class, ClusterView.class))
                .filter(ClusterMessage.class::isAssignableFrom)
                .collect(Collectors.toSet());
    }

    private static RunView view() {
        return new RunView(
                "toy-1",
                "toy",
                ARGUMENTS,
                Instant.parse("2026-03-14T09:15:00.123Z"),
                true,
                Optional.empty(),
                Optional.of(RunView.Outcome.INCOMPLETE),
                Optional.of(new Progress(Stats.NONE, Map.of("objects", Long.MAX_VALUE), Duration.ofMillis(1234))),
                List.of(new RunView.Share("a", 3, Optional.of(FAILURE)), new RunView.Share("b", 4, Optional.empty())),
                Optional.of("waits"),
                Optional.of("unsaved"),
                List.of(new RunView.Notice(3, "it works again")));
    }

    private static List<ClusterMessage> samples() {
        RunView view = view();
        return List.of(
                new NodeProtocol.Serve("toy-1", "toy", ARGUMENTS, ref()),
                new RunProtocol.Enlist("a", 3, ref()),
                new RegistryProtocol.Hello(1, ref()),
                new RegistryProtocol.Welcome(1, "0.1.0"),
                new RegistryProtocol.Submit("toy-1", "toy", ARGUMENTS, ref()),
                new RegistryProtocol.GetRun("toy-1", ref()),
                new RegistryProtocol.Cancel("toy-1", ref()),
                new RegistryProtocol.Resume("toy-1", ref()),
                new RegistryProtocol.ReadResult("toy-1", 1 << 17, ref()),
                new RegistryProtocol.ResultPart(0, -1, PAYLOAD),
                new RegistryProtocol.GetCluster(ref()),
                new RegistryProtocol.NodeReport("a", 8, "0.1.0"),
                new ShardedProtocol.Ask("asker", 7, 5, PAYLOAD, ref()),
                new ShardedProtocol.Answer(PAYLOAD),
                new ShardedProtocol.Inherit(PAYLOAD),
                new ShardedProtocol.Refused("127.0.0.1:7355", "17"),
                RunReply.of(view),
                RunReply.refused("no"),
                new ClusterView(
                        "a",
                        List.of(new ClusterView.Member(
                                "a", "Up", new TreeSet<>(Set.of("worker", "coordinator")), 8, "0.1.0")),
                        List.of(view),
                        3));
    }

    private static <M> ActorRef<M> ref() {
        return KIT.<M>createTestProbe().getRef();
    }
}
