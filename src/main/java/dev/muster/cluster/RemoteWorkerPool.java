package dev.muster.cluster;

import dev.muster.cluster.protocol.NodeProtocol;
import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.Worker;
import dev.muster.engine.WorkerId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The nodes that work for a run and their workers, each of which a {@link RemoteWorker} stands for beside the coordinator.
 * Part of the actor {@link RunCoordinator}.
 *
 * <p>A node that is unfit gets nothing more, and what it had goes to others at no cost. It stays so until it is started
 * anew, since its name is another one then.
 */
final class RemoteWorkerPool<T, R> {
    private final ActorContext<RunProtocol> context;
    private final ActorRef<Coordinator.Command<T, R>> coordinator;
    private final PayloadCodec<T> tasks;
    private final PayloadCodec<R> results;
    private final Map<String, RunView.Share> nodes = new TreeMap<>();
    private final Map<WorkerId, ActorRef<Worker.Command<T>>> workers = new HashMap<>();

    RemoteWorkerPool(
            ActorContext<RunProtocol> context,
            ActorRef<Coordinator.Command<T, R>> coordinator,
            Class<T> taskType,
            Class<R> resultType) {
        this.context = context;
        this.coordinator = coordinator;
        this.tasks = new PayloadCodec<>(taskType);
        this.results = new PayloadCodec<>(resultType);
    }

    /** Whether the node was not there before. */
    boolean enlist(RunProtocol.Enlist enlist) {
        RunView.Share share = new RunView.Share(enlist.node(), enlist.workers(), Optional.empty());
        return nodes.putIfAbsent(enlist.node(), share) == null;
    }

    void pull(RunProtocol.Pull pull) {
        if (isFit(pull.worker().node())) {
            ActorRef<Worker.Command<T>> worker =
                    workers.computeIfAbsent(pull.worker(), id -> spawn(id, pull.replyTo()));
            coordinator.tell(new Coordinator.Pull<>(pull.worker(), worker, pull.lastLease()));
        }
    }

    void completed(RunProtocol.Completed completed) {
        try {
            R result = results.decode(completed.result());
            coordinator.tell(new Coordinator.Completed<>(completed.worker(), completed.lease(), result));
        } catch (IOException e) {
            Failure failure = new Failure(Failure.Kind.DEFECT, "UnreadableResult", String.valueOf(e.getMessage()));
            coordinator.tell(new Coordinator.Failed<>(completed.worker(), completed.lease(), failure));
        }
    }

    void failed(RunProtocol.Failed failed) {
        if (failed.failure().kind() != Failure.Kind.UNFIT) {
            coordinator.tell(new Coordinator.Failed<>(failed.worker(), failed.lease(), failed.failure()));
            return;
        }
        nodes.computeIfPresent(
                failed.worker().node(),
                (node, share) -> new RunView.Share(node, share.workers(), Optional.of(failed.failure())));
        coordinator.tell(new Coordinator.Leave<>(failed.worker(), failed.lease() - 1)); // as if it had not begun
    }

    void leave(RunProtocol.Leave leave) {
        coordinator.tell(new Coordinator.Leave<>(leave.worker(), leave.lastLease()));
    }

    void gone(String node) {
        nodes.remove(node);
        workers.keySet().removeIf(worker -> worker.node().equals(node));
    }

    /** Why the run cannot go on, if there are nodes and each is unfit. */
    Optional<Failure> allUnfit() {
        return nodes.values().stream().allMatch(share -> share.unfit().isPresent())
                ? nodes.values().stream()
                        .flatMap(share -> share.unfit().stream())
                        .findFirst()
                : Optional.empty();
    }

    List<RunView.Share> shares() {
        return List.copyOf(nodes.values());
    }

    private boolean isFit(String node) {
        RunView.Share share = nodes.get(node);
        return share != null && share.unfit().isEmpty();
    }

    private ActorRef<Worker.Command<T>> spawn(WorkerId id, ActorRef<NodeProtocol> node) {
        return context.spawnAnonymous(RemoteWorker.create(id, node, tasks, coordinator));
    }
}
