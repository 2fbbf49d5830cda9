package dev.muster.cluster;

import static dev.muster.cluster.NodeOptions.NodeRole.COORDINATOR;
import static dev.muster.cluster.NodeOptions.NodeRole.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.ClusterClient.ClusterGateway;
import dev.muster.cluster.protocol.ClusterMessage;
import dev.muster.cluster.protocol.RegistryProtocol;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ClusterSecurityTest {
    private static final Config IMPATIENT =
            ConfigFactory.parseString("muster.cluster.join-timeout = 4s").withFallback(TestCluster.config(2));

    @TempDir
    Path directory;

    @Test
    void nodesAndClientsOfOneAuthorityWorkTogetherAndAStrangersBytesDoNoHarm() throws Exception {
        Config trusted = new TestCertificates(directory.resolve("ours")).above(TestCluster.config(2));
        Config stranger = new TestCertificates(directory.resolve("theirs")).above(IMPATIENT);
        try (TestCluster cluster = new TestCluster(directory.resolve("runs"), trusted)) {
            HostPort first = cluster.start(new ToyJob("a"), COORDINATOR, WORKER).address();
            cluster.start(new ToyJob("b"), WORKER);
            sendNoise(first);

            ClusterNode outsider = cluster.startWith(stranger, new ToyJob("outsider"), WORKER);
            outsider.terminated().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(outsider.endReason()).startsWith("could not join").contains("certificates");
            assertThatThrownBy(() -> ClusterClient.connect(IMPATIENT, List.of(first)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("no answer")
                    .hasMessageContaining("trust each other's certificates");
            cluster.submit("toy-1", ToyJob.arguments(200, 5));
            assertThat(cluster.completeTally("toy-1", 200).nodes()).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void aStrangersBytesDoNoHarmWithoutTlsEither() throws Exception {
        try (TestCluster cluster = new TestCluster(directory)) {
            HostPort first = cluster.start(new ToyJob("a"), COORDINATOR, WORKER).address();
            sendNoise(first);

            cluster.submit("toy-1", ToyJob.arguments(200, 5));
            cluster.completeTally("toy-1", 200);
        }
    }

    @Test
    void withoutTlsANodeListensOnLoopbackOnlyUnlessItIsToldOtherwise() {
        Config root = TestCluster.config(1);

        assertThatThrownBy(() -> PekkoConfig.node(root, options("0.0.0.0", false), ClusterSettings.from(root)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("--insecure-listen");
        assertThat(PekkoConfig.node(root, options("0.0.0.0", true), ClusterSettings.from(root))
                        .getString("pekko.remote.artery.canonical.hostname"))
                .isEqualTo("0.0.0.0");
    }

    @Test
    void halfATlsConfigurationIsRefused() {
        Config root = ConfigFactory.parseString("muster.cluster.tls.key-file = /nowhere/node.key")
                .withFallback(TestCluster.config(1));

        assertThatThrownBy(() -> ClusterSettings.from(root))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("incomplete");
    }

    @Test
    void aKeyThatIsNoRsaKeyIsRefusedBeforeAnythingStarts() throws Exception {
        byte[] key = KeyPairGenerator.getInstance("EC")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Path file = Files.writeString(
                directory.resolve("ec.key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        Config root = ConfigFactory.parseMap(Map.of(
                        "muster.cluster.tls.key-file", file.toString(),
                        "muster.cluster.tls.certificate-file", file.toString(),
                        "muster.cluster.tls.authority-file", file.toString()))
                .withFallback(TestCluster.config(1));

        assertThatThrownBy(() -> ClusterSettings.from(root))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("give an RSA key");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefusedBeforeAnythingStarts() throws Exception {
        Path ours = directory.resolve("ours");
        Path theirs = directory.resolve("theirs");
        new TestCertificates(ours);
        new TestCertificates(theirs);

        assertThat(tls(ours, ours, ours).tls()).isPresent();
        assertThatThrownBy(() -> tls(theirs, ours, ours))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("is not that of the certificate in " + ours.resolve("node.crt"));
        assertThatThrownBy(() -> tls(ours, ours, theirs))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("is not signed by the first one in " + theirs.resolve("authority.crt"));
        Files.copy(ours.resolve("node.key"), theirs.resolve("node.crt"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> tls(ours, theirs, ours))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("cannot read a certificate in " + theirs.resolve("node.crt"));
    }

    @Test
    void certificatesThatCannotWorkAreRefusedBeforeAnythingStarts() throws Exception {
        List<String> authority = List.of("-ext", "bc:c");

        assertThat(refusal(authority, List.of("-ext", "EKU=serverAuth")))
                .contains("node.crt may not be used for both ends of a connection")
                .contains("serverAuth and clientAuth");
        assertThat(refusal(authority, List.of("-ext", "KU=keyEncipherment"))).contains("digitalSignature");
        assertThat(refusal(List.of(), List.of())).contains("authority.crt is not that of an authority");
        assertThat(refusal(List.of("-ext", "bc:c", "-ext", "KU=cRLSign"), List.of()))
                .contains("keyCertSign");
        assertThat(refusal(List.of("-ext", "bc:c", "-startdate", "-9d"), List.of()))
                .contains("authority.crt is not valid");
        assertThat(refusal(authority, List.of("-startdate", "+9d"))).contains("node.crt is not valid");
    }

    private String refusal(List<String> ofAuthority, List<String> ofNode) throws Exception {
        Path made = Files.createTempDirectory(directory, "made");
        new TestCertificates(made, ofAuthority, ofNode);
        Throwable refusal = catchThrowable(() -> tls(made, made, made));
        assertThat(refusal).isInstanceOf(ClusterException.class).hasMessageNotContaining("\n");
        return refusal.getMessage();
    }

    private static ClusterSettings tls(Path key, Path certificate, Path authority) {
        return ClusterSettings.from(ConfigFactory.parseMap(Map.of(
                        "muster.cluster.tls.key-file", key.resolve("node.key").toString(),
                        "muster.cluster.tls.certificate-file",
                                certificate.resolve("node.crt").toString(),
                        "muster.cluster.tls.authority-file",
                                authority.resolve("authority.crt").toString()))
                .withFallback(TestCluster.config(1)));
    }

    @Test
    void aNodeOfAnotherProtocolIsRefusedAndSaysWhy() throws Exception {
        Config other = ConfigFactory.parseString("muster.cluster.protocol = " + (ClusterMessage.PROTOCOL + 1))
                .withFallback(IMPATIENT);
        try (TestCluster cluster = new TestCluster(directory)) {
            cluster.start(new ToyJob("a"), COORDINATOR, WORKER);

            ClusterNode refused = cluster.startWith(other, new ToyJob("other"), WORKER);
            refused.terminated().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(refused.endReason()).contains("another release");
        }
    }

    @Test
    void aClientTellsAClusterOfAnotherProtocol() {
        Behavior<RegistryProtocol> later = Behaviors.receiveMessage(message -> {
            if (message instanceof RegistryProtocol.Hello hello) {
                hello.replyTo().tell(new RegistryProtocol.Welcome(ClusterMessage.PROTOCOL + 1, "9.0"));
            }
            return Behaviors.same();
        });
        Behavior<Void> guardian = Behaviors.setup(context -> {
            context.spawn(later, ClusterGateway.NAME);
            return Behaviors.empty();
        });
        ActorSystem<Void> system = ActorSystem.create(guardian, ClusterNode.SYSTEM, NodeSystems.config());
        try {
            int port = Cluster.get(system).selfMember().address().getPort().get();

            assertThatThrownBy(() -> ClusterClient.connect(IMPATIENT, List.of(new HostPort("127.0.0.1", port))))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("the cluster runs muster 9.0")
                    .hasMessageContaining("use the same release");
        } finally {
            NodeSystems.end(system);
        }
    }

    private static NodeOptions options(String host, boolean insecure) {
        return new NodeOptions(new HostPort(host, 0), Optional.empty(), List.of(), Set.of(WORKER), insecure);
    }

    private static void sendNoise(HostPort address) throws Exception {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        for (int sender = 0; sender < 3; sender++) {
            try (Socket socket = new Socket(address.host(), address.port())) {
                socket.getOutputStream().write(noise);
            } catch (java.net.SocketException e) {
                // the node hung up: as it should
            }
        }
    }
}
