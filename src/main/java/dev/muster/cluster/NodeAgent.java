package dev.muster.cluster;

import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/** Starts workers for every run that announces itself, until the node drains. */
final class NodeAgent extends AbstractBehavior<NodeAgent.Command> {
    interface Command {}

    /** Take no more work, finish what is under way, then answer. */
    record Drain(ActorRef<Drained> replyTo) implements Command {}

    record Drained() {}

    private record RunsKnown(Set<ActorRef<RunProtocol>> runs) implements Command {}

    private record Report() implements Command {}

    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(3);

    private final String name;
    private final NodeContext node;
    private final ActorRef<RegistryProtocol> registry;
    /** Runs in the last listing with the actor that works for each, even after that has ended. */
    private final Map<ActorRef<RunProtocol>, ActorRef<NodeProtocol>> served = new HashMap<>();

    private int active;
    private Optional<ActorRef<Drained>> draining = Optional.empty();

    static Behavior<Command> create(String name, NodeContext node, ActorRef<RegistryProtocol> registry) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new NodeAgent(context, timers, name, node, registry)));
    }

    private NodeAgent(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String name,
            NodeContext node,
            ActorRef<RegistryProtocol> registry) {
        super(context);
        this.name = name;
        this.node = node;
        this.registry = registry;
        timers.startTimerWithFixedDelay(new Report(), Duration.ZERO, REPORT_INTERVAL);
        ActorRef<Receptionist.Listing> listings =
                context.messageAdapter(Receptionist.Listing.class, listing -> new RunsKnown(runs(listing)));
        context.getSystem().receptionist().tell(Receptionist.subscribe(RunCoordinator.KEY, listings));
    }

    /**
     * The runs of a listing, including those whose node is silent: if it is heard again, it continues its run, and so
     * must its workers. If it is dead, the run's coordinator ends, and they end with it.
     */
    static Set<ActorRef<RunProtocol>> runs(Receptionist.Listing listing) {
        return listing.getAllServiceInstances(RunCoordinator.KEY);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(RunsKnown.class, this::onRunsKnown)
                .onMessage(Report.class, this::onReport)
                .onMessage(Drain.class, this::onDrain)
                .onSignal(Terminated.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onRunsKnown(RunsKnown known) {
        served.keySet().retainAll(known.runs());
        for (ActorRef<RunProtocol> run : known.runs()) {
            if (draining.isEmpty() && !served.containsKey(run)) {
                ActorRef<NodeProtocol> worker = getContext().spawnAnonymous(NodeWorkers.create(run, name, node));
                getContext().watch(worker);
                served.put(run, worker);
                active++;
            }
        }
        return this;
    }

    private Behavior<Command> onReport(Report report) {
        registry.tell(
                new RegistryProtocol.NodeReport(name, node.settings().engine().workers(), Release.name()));
        return this;
    }

    private Behavior<Command> onEnded(Terminated ended) {
        active--;
        answerWhenDrained();
        return this;
    }

    private Behavior<Command> onDrain(Drain drain) {
        draining = Optional.of(drain.replyTo());
        served.values().forEach(worker -> worker.tell(new NodeWorkers.Drain()));
        answerWhenDrained();
        return this;
    }

    private void answerWhenDrained() {
        if (active == 0) {
            draining.ifPresent(replyTo -> replyTo.tell(new Drained()));
        }
    }
}
