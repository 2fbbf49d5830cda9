package dev.muster.cluster;

import com.typesafe.config.Config;
import dev.muster.cluster.ClusterClient.ClusterGateway;
import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.NodeOptions.NodeRole;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.store.KeyValueStore;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SingletonActor;

/** A node in this process: it joins or forms a cluster and serves runs until it is told to leave or is cut off. */
public final class ClusterNode implements AutoCloseable {
    /** Name of all actor systems, which must be the same for those that talk to each other. */
    static final String SYSTEM = "muster";

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    /** The node was told to leave. */
    static final class Leaving implements CoordinatedShutdown.Reason {}

    private final ActorSystem<Void> system;
    private final CompletableFuture<Done> terminated = new CompletableFuture<>();

    private ClusterNode(ActorSystem<Void> system) {
        this.system = system;
        system.getWhenTerminated().whenComplete((done, error) -> terminated.complete(Done.getInstance()));
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "tell the end", this::tellTheEnd);
    }

    /** Reports the end without waiting for the actor system: a TLS connection may keep that from terminating. */
    private CompletionStage<Done> tellTheEnd() {
        leave().whenComplete((done, error) -> terminated.complete(Done.getInstance()));
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /**
     * Starts a node.
     *
     * @param store the store of runs; present if the node has the role coordinator
     * @throws ClusterException if it may not, or cannot, listen at its address
     */
    public static ClusterNode start(
            Config root,
            NodeOptions options,
            ClusterSettings settings,
            JobTypeRegistry types,
            Optional<KeyValueStore> store,
            NodeMetrics metrics) {
        Config config = PekkoConfig.node(root, options, settings);
        ActorSystem<Void> system;
        try {
            system = ActorSystem.create(
                    NodeGuardian.create(new NodeContext(types, settings, metrics), store.map(RunRepository::new)),
                    SYSTEM,
                    config);
        } catch (RuntimeException e) {
            throw new ClusterException(
                    "cannot listen on " + options.listen() + ": " + RootCause.of(e)
                            + "; give another address with --listen",
                    e);
        }
        ClusterNode node = new ClusterNode(system);
        node.join(options.join(), store.map(ClusterNode::remembered).orElse(List.of()));
        return node;
    }

    private static List<HostPort> remembered(KeyValueStore store) {
        return CompletableFuture.supplyAsync(() -> new ClusterRoster(store).remembered())
                .completeOnTimeout(List.of(), LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Joins the first of these that answers. The first of those that were named forms a cluster if nobody does: so a
     * node that is started again joins those that were members when it ended, if any is left.
     */
    private void join(List<HostPort> contacts, List<HostPort> remembered) {
        Cluster cluster = Cluster.get(system);
        Set<Address> seeds = new LinkedHashSet<>();
        if (contacts.isEmpty()) {
            seeds.add(cluster.selfMember().address());
        }
        Stream.concat(contacts.stream(), remembered.stream())
                .map(contact -> new Address("pekko", SYSTEM, contact.host(), contact.port()))
                .forEach(seeds::add);
        cluster.manager().tell(new JoinSeedNodes(List.copyOf(seeds)));
    }

    /** Address at which the node listens, with its actual port. */
    public HostPort address() {
        Address self = Cluster.get(system).selfMember().address();
        return new HostPort(self.getHost().get(), self.getPort().get());
    }

    /** Tells whether the node is a full member of the cluster. */
    public boolean isUp() {
        return Cluster.get(system).selfMember().status() == org.apache.pekko.cluster.MemberStatus.up();
    }

    /** Completes when the node has ended, whether or not it was told to. */
    public CompletionStage<Done> terminated() {
        return terminated;
    }

    /** Message that says why the node ended without having been told to. */
    public String endReason() {
        Optional<CoordinatedShutdown.Reason> reason =
                CoordinatedShutdown.get(system).getShutdownReason();
        if (reason.filter(CoordinatedShutdown.ClusterJoinUnsuccessfulReason$.class::isInstance)
                .isPresent()) {
            return "could not join the cluster in time; check --join, that a node listens there, that both use TLS or"
                    + " neither does (then, on one machine, as one user), and that they trust each other's certificates";
        }
        if (reason.filter(CoordinatedShutdown.IncompatibleConfigurationDetectedReason$.class::isInstance)
                .isPresent()) {
            return "the cluster runs another release of muster; use the same release on all nodes";
        }
        if (reason.filter(CoordinatedShutdown.ClusterLeavingReason$.class::isInstance)
                .isPresent()) {
            return "its cluster has ended, as another one keeps its runs in the same place; start it again to join that one";
        }
        return "the cluster has removed this node, which it could not reach for a while; start it again to come back";
    }

    /**
     * Finishes what is under way, hands over the runs that it coordinates, leaves the cluster and ends. Harmless when
     * repeated.
     */
    public CompletionStage<Done> leave() {
        return CoordinatedShutdown.get(system).runAll(new Leaving());
    }

    ActorSystem<Void> system() {
        return system;
    }

    @Override
    public void close() {
        leave().toCompletableFuture().join();
    }

    /** Starts the actors of a node: the gateway, the workers and, by its role, its part of the registry of runs. */
    static final class NodeGuardian {
        private static final Duration RETRY_MIN = Duration.ofSeconds(1);
        private static final Duration RETRY_MAX = Duration.ofSeconds(10);

        private NodeGuardian() {}

        /**
         * The root actor of a node.
         *
         * @param states store of runs; present on nodes with the role coordinator
         */
        static Behavior<Void> create(NodeContext node, Optional<RunRepository> states) {
            return Behaviors.setup(context -> {
                Cluster cluster = Cluster.get(context.getSystem());
                ActorRef<RegistryProtocol> registry = registry(context.getSystem(), node, states);
                ShardedActors.start(context.getSystem(), node.types(), registry);
                context.spawn(MembershipLog.create(), "membership-log");
                context.spawn(ClusterGateway.create(Release.name(), registry), ClusterGateway.NAME);
                if (cluster.selfMember().hasRole(NodeRole.WORKER)) {
                    String name = NodeName.of(cluster.selfMember().uniqueAddress());
                    drainFirst(
                            context,
                            context.spawn(NodeAgent.create(name, node, registry), "agent"),
                            node.settings().drainTimeout());
                }
                return Behaviors.empty();
            });
        }

        private static ActorRef<RegistryProtocol> registry(
                ActorSystem<?> system, NodeContext node, Optional<RunRepository> states) {
            Behavior<RegistryProtocol> runs = states.map(shared -> Behaviors.supervise(RunRegistry.create(node, shared))
                            .onFailure(SupervisorStrategy.restartWithBackoff(RETRY_MIN, RETRY_MAX, 0.2)))
                    .orElseGet(Behaviors::empty); // never started without the role coordinator
            return ClusterSingleton.get(system)
                    .init(SingletonActor.of(runs, "runs")
                            .withSettings(
                                    ClusterSingletonSettings.create(system).withRole(NodeRole.COORDINATOR))
                            .withProps(DispatcherSelector.blocking())
                            .withStopMessage(new RunRegistry.HandOver()));
        }

        /** A node that leaves finishes what it has begun; one that was cut off ends at once. */
        private static void drainFirst(
                ActorContext<Void> context, ActorRef<NodeAgent.Command> agent, Duration timeout) {
            ActorSystem<Void> system = context.getSystem();
            CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
            shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "drain workers", () -> {
                boolean cutOff = shutdown.getShutdownReason()
                        .filter(reason -> !(reason instanceof ClusterNode.Leaving))
                        .isPresent();
                CompletionStage<NodeAgent.Drained> drained = cutOff
                        ? CompletableFuture.completedFuture(new NodeAgent.Drained())
                        : AskPattern.ask(agent, NodeAgent.Drain::new, timeout, system.scheduler());
                return drained.handle((done, tooLate) -> Done.done());
            });
        }
    }
}
