package dev.muster.cluster;

import dev.muster.cluster.protocol.NodeProtocol;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.Worker;
import dev.muster.engine.WorkerId;
import java.io.IOException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Stands for a worker of another node beside the coordinator, and ends with it. */
final class RemoteWorker {
    private RemoteWorker() {}

    static <T, R> Behavior<Worker.Command<T>> create(
            WorkerId worker,
            ActorRef<NodeProtocol> node,
            PayloadCodec<T> tasks,
            ActorRef<Coordinator.Command<T, R>> coordinator) {
        return Behaviors.setup(context -> {
            context.watch(node);
            return Behaviors.receive(
                    (ctx, command) -> carry(command, worker, node, tasks, coordinator),
                    (ctx, signal) -> signal instanceof Terminated ? Behaviors.stopped() : Behaviors.same());
        });
    }

    private static <T, R> Behavior<Worker.Command<T>> carry(
            Worker.Command<T> command,
            WorkerId worker,
            ActorRef<NodeProtocol> node,
            PayloadCodec<T> tasks,
            ActorRef<Coordinator.Command<T, R>> coordinator) {
        if (command instanceof Worker.Assign<T> assign) {
            try {
                node.tell(new NodeProtocol.Assign(
                        worker.number(), assign.lease(), encode(tasks, assign.work()), assign.timeout()));
            } catch (IOException e) {
                Failure failure = new Failure(Failure.Kind.INVALID, "UnsendableTask", String.valueOf(e.getMessage()));
                coordinator.tell(new Coordinator.Failed<>(worker, assign.lease(), failure));
            }
        } else if (command instanceof Worker.Cancel<T> cancel) {
            node.tell(new NodeProtocol.Cancel(worker.number(), cancel.lease()));
        } else if (command instanceof Worker.Stop<T>) {
            return Behaviors.stopped(); // the node sees the end of the run by itself
        }
        return Behaviors.same();
    }

    private static <T> Payload encode(PayloadCodec<T> tasks, T work) throws IOException {
        Payload task = tasks.encode(work);
        if (!task.fitsIntoMessage()) {
            throw new IOException("a task of " + task + " is too large for a message");
        }
        return task;
    }
}
