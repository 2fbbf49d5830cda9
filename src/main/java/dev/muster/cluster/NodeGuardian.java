package dev.muster.cluster;

import dev.muster.cluster.protocol.RegistryProtocol;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
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
import org.apache.pekko.cluster.typed.SingletonActor;

/** Starts what lives on a node: the gate, its workers, and where its role says so its share in the registry of runs. */
final class NodeGuardian {
    private static final Duration RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(10);

    private NodeGuardian() {}

    /**
     * The root actor of a node.
     *
     * @param states where runs are kept; present on nodes of role coordinator
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
                .orElseGet(Behaviors::empty); // never started: only nodes of role coordinator hold the singleton
        return ClusterSingleton.get(system)
                .init(SingletonActor.of(runs, "runs")
                        .withSettings(ClusterSingletonSettings.create(system).withRole(NodeRole.COORDINATOR))
                        .withProps(DispatcherSelector.blocking())
                        .withStopMessage(new RunRegistry.HandOver()));
    }

    /** A node that leaves finishes what it has begun; one that was cut off is no longer asked to, and ends at once. */
    private static void drainFirst(ActorContext<Void> context, ActorRef<NodeAgent.Command> agent, Duration timeout) {
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
