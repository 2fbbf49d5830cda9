package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.OutageLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The nodes that work for a run, each with its {@link NodeProxy}. Part of the actor {@link RunCoordinator}. */
final class RemoteWorkerPool<T, R> {
    private record Node(ActorRef<NodeProtocol> part, ActorRef<Object> proxy, RunView.Share share) {}

    private final ActorContext<RunProtocol> context;
    private final String run;
    private final NodeProxy.Run<T, R> proxies;
    private final Map<String, Node> nodes = new TreeMap<>();

    RemoteWorkerPool(
            ActorContext<RunProtocol> context,
            String run,
            ActorRef<Coordinator.Command<T, R>> coordinator,
            Class<T> taskType,
            Class<R> resultType) {
        this.context = context;
        this.run = run;
        this.proxies = new NodeProxy.Run<>(
                coordinator,
                context.getSelf(),
                new OutageLog<>(System::nanoTime),
                new PayloadCodec<>(taskType),
                new PayloadCodec<>(resultType));
    }

    /** The proxy that the node's workers are to talk to. */
    ActorRef<Object> enlist(RunProtocol.Enlist enlist) {
        Node before = nodes.get(enlist.node());
        if (before != null && before.part().equals(enlist.replyTo())) {
            return before.proxy();
        }
        if (before != null) {
            context.stop(before.proxy());
        }
        context.getLog().info("{} works for the run, with {} workers", enlist.node(), enlist.workers());
        ActorRef<Object> proxy = context.spawnAnonymous(LogFields.of(
                run, enlist.node(), Object.class, NodeProxy.create(enlist.node(), enlist.replyTo(), proxies)));
        context.watchWith(proxy, new RunCoordinator.NodeGone(enlist.node(), proxy));
        RunView.Share share = new RunView.Share(enlist.node(), enlist.workers(), Optional.empty());
        nodes.put(enlist.node(), new Node(enlist.replyTo(), proxy, share));
        return proxy;
    }

    void fitness(RunCoordinator.Fitness fitness) {
        nodes.computeIfPresent(
                fitness.node(),
                (name, node) -> new Node(
                        node.part(),
                        node.proxy(),
                        new RunView.Share(name, node.share().workers(), fitness.unfit())));
    }

    /** Removes a proxy that has ended, unless another one has taken its place. */
    void gone(RunCoordinator.NodeGone gone) {
        Node node = nodes.get(gone.node());
        if (node != null && node.proxy().equals(gone.proxy())) {
            context.getLog().info("{} works for the run no more", gone.node());
            nodes.remove(gone.node());
        }
    }

    /** Reason why the run cannot continue, if there are nodes and each is unfit. */
    Optional<Failure> allUnfit() {
        return shares().stream().allMatch(share -> share.unfit().isPresent())
                ? shares().stream().flatMap(share -> share.unfit().stream()).findFirst()
                : Optional.empty();
    }

    List<RunView.Share> shares() {
        return nodes.values().stream().map(Node::share).toList();
    }
}
