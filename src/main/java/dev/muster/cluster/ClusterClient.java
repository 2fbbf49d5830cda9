package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.cluster.protocol.ClusterMessage;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Function;

/**
 * Client of a cluster that is no member of it, so that the cluster is not affected when a client starts, ends or dies.
 * Each question goes to one node after the other until one answers, and may be repeated: while a coordinator is being
 * replaced there is no answer. Every method blocks. Thread-safe.
 */
public final class ClusterClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration ENDING = Duration.ofSeconds(3);
    private static final int GREETINGS = 5;

    private final ActorSystem<Void> system;
    private final List<ActorRef<RegistryProtocol>> gates;
    private final List<HostPort> contacts;
    private volatile int current;

    private ClusterClient(ActorSystem<Void> system, List<HostPort> contacts) {
        this.system = system;
        this.contacts = List.copyOf(contacts);
        this.gates = IntStream.range(0, contacts.size())
                .mapToObj(i -> system.systemActorOf(messenger(contacts.get(i)), "messenger-" + i, Props.empty()))
                .toList();
    }

    /**
     * Forwards messages to the gateway of a node, by an actor selection: a node that was restarted at the same address
     * gets no other messages from those who knew its predecessor.
     */
    private static Behavior<RegistryProtocol> messenger(HostPort contact) {
        String gateway = "pekko://" + ClusterNode.SYSTEM + "@" + contact + "/user/" + ClusterGateway.NAME;
        return Behaviors.setup(context -> {
            ActorSelection selection = Adapter.toClassic(context).actorSelection(gateway);
            return Behaviors.receiveMessage(message -> {
                selection.tell(message, org.apache.pekko.actor.ActorRef.noSender());
                return Behaviors.same();
            });
        });
    }

    /**
     * Connects to a node of the cluster.
     *
     * @param contacts one or more nodes
     * @throws ClusterException if none answers, or it has another release
     */
    public static ClusterClient connect(Config root, List<HostPort> contacts) {
        requireNonNull(contacts, "contacts is null");
        if (contacts.isEmpty()) {
            throw new IllegalArgumentException("no node of the cluster is named");
        }
        Optional<TlsFiles> tls = TlsFiles.from(root.getConfig("muster.cluster.tls"));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                ClusterNode.SYSTEM,
                PekkoConfig.client(
                        root, ownHost(contacts.get(0)), tls, contacts.get(0).isLoopback()));
        ClusterClient client = new ClusterClient(system, contacts);
        try {
            client.greet(PekkoConfig.loopbackKey(root, tls, contacts.get(0).isLoopback()));
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Greets again while the port is open: a first TLS connection may take long on a busy machine. */
    private void greet(Optional<LoopbackKey> key) {
        Optional<RegistryProtocol.Welcome> answer = hello();
        if (answer.isEmpty()) {
            key.ifPresent(this::refuseStrangers);
        }
        for (int again = 1; answer.isEmpty() && again < GREETINGS && somebodyListens(); again++) {
            answer = hello();
        }
        RegistryProtocol.Welcome welcome = answer.orElseThrow(this::unreached);
        if (welcome.protocol() != ClusterMessage.PROTOCOL) {
            throw new ClusterException("the cluster runs muster " + welcome.release() + ", which speaks protocol "
                    + welcome.protocol() + "; this is muster " + Release.name() + " with protocol "
                    + ClusterMessage.PROTOCOL
                    + ": use the same release");
        }
    }

    private void refuseStrangers(LoopbackKey key) {
        contacts.stream().filter(key::isRefusedBy).findFirst().ifPresent(stranger -> {
            throw new ClusterException(
                    "what listens at " + stranger + " is no muster node of this user: run as the user of"
                            + " the node, or use TLS on both sides if the node does");
        });
    }

    private boolean somebodyListens() {
        for (HostPort contact : contacts) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(contact.host(), contact.port()), Math.toIntExact(PATIENCE.toMillis()));
                return true;
            } catch (IOException e) {
                // then perhaps the next one
            }
        }
        return false;
    }

    /** Starts a run; repeating it with the same name has no effect. */
    public RunReply submit(String run, String job, SortedMap<String, String> arguments) {
        return ask(replyTo -> new RegistryProtocol.Submit(run, job, arguments, replyTo));
    }

    public RunReply run(String run) {
        return ask(replyTo -> new RegistryProtocol.GetRun(run, replyTo));
    }

    /** Asks a run to end; its result follows. */
    public RunReply cancel(String run) {
        return ask(replyTo -> new RegistryProtocol.Cancel(run, replyTo));
    }

    /** Continues a run that has ended incomplete. */
    public RunReply resume(String run) {
        return ask(replyTo -> new RegistryProtocol.Resume(run, replyTo));
    }

    public ClusterView cluster() {
        return ask(RegistryProtocol.GetCluster::new);
    }

    /** The part of an ended run's result that begins at an offset, for a {@link ResultStream}. */
    public RegistryProtocol.ResultPart result(String run, long offset) {
        return ask(replyTo -> new RegistryProtocol.ReadResult(run, offset, replyTo));
    }

    private Optional<RegistryProtocol.Welcome> hello() {
        return answer(replyTo -> new RegistryProtocol.Hello(ClusterMessage.PROTOCOL, replyTo));
    }

    /** Asks a question that the cluster's coordinator answers. */
    private <A> A ask(Function<ActorRef<A>, RegistryProtocol> question) {
        return this.<A>answer(question)
                .orElseThrow(() -> hello().isEmpty()
                        ? unreached()
                        : new ClusterException("the nodes at " + addresses()
                                + " answer, but nobody coordinates the cluster at" + " the moment"));
    }

    private String addresses() {
        return String.join(", ", contacts.stream().map(HostPort::toString).toList());
    }

    private ClusterException unreached() {
        return new ClusterException("no answer from a muster node at " + addresses()
                + "; check the address, that the node runs, that both use TLS or neither does (then, on one machine, as one"
                + " user), and that they trust each other's certificates");
    }

    /** Asks; empty if no contact answers in time. */
    private <A> Optional<A> answer(Function<ActorRef<A>, RegistryProtocol> question) {
        for (int attempt = 0; attempt < gates.size(); attempt++) {
            int gateway = (current + attempt) % gates.size();
            try {
                CompletionStage<A> answer = AskPattern.ask(gates.get(gateway), question, PATIENCE, system.scheduler());
                A result = answer.toCompletableFuture().join();
                current = gateway;
                return Optional.of(result);
            } catch (CompletionException e) {
                // no answer in time: the next one may know more
            }
        }
        return Optional.empty();
    }

    /** The address of this machine that the contact can reach: the one from which packets to it are sent. */
    private static String ownHost(HostPort contact) {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(contact.host(), contact.port()));
            return HostPort.literal(probe.getLocalAddress());
        } catch (SocketException | java.io.UncheckedIOException e) {
            throw new ClusterException("cannot reach " + contact + ": " + e.getMessage() + "; check the address", e);
        }
    }

    /**
     * Disconnects. In Pekko 1.7 a TLS connection sometimes never closes (pull request 3317 bounds the wait in 2.0);
     * what is left of it does no harm, and a command must not wait for it.
     */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), ENDING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Gateway for clients on every node: answers the greeting, and forwards messages to the registry of runs. */
    static final class ClusterGateway {
        /** The actor's name under {@code /user}; clients of any release find it there. */
        static final String NAME = "gate";

        private ClusterGateway() {}

        static Behavior<RegistryProtocol> create(String release, ActorRef<RegistryProtocol> registry) {
            return Behaviors.receiveMessage(message -> {
                if (message instanceof RegistryProtocol.Hello hello) {
                    hello.replyTo().tell(new RegistryProtocol.Welcome(ClusterMessage.PROTOCOL, release));
                } else {
                    registry.tell(message);
                }
                return Behaviors.same();
            });
        }
    }
}
