package dev.muster.cluster;

import dev.muster.cluster.wire.PayloadCodec;
import dev.muster.cluster.wire.ToNode;
import dev.muster.engine.WorkerId;
import dev.muster.engine.actor.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Stands for a worker of another node beside the coordinator, and ends with it. */
final class RemoteWorker {
    private RemoteWorker() {}

    static <T> Behavior<Worker.Command<T>> create(WorkerId worker, ActorRef<ToNode> node, PayloadCodec<T> tasks) {
        return Behaviors.setup(context -> {
            context.watch(node);
            return Behaviors.receive(
                    (ctx, command) -> carry(command, worker, node, tasks),
                    (ctx, signal) -> signal instanceof Terminated ? Behaviors.stopped() : Behaviors.same());
        });
    }

    private static <T> Behavior<Worker.Command<T>> carry(
            Worker.Command<T> command, WorkerId worker, ActorRef<ToNode> node, PayloadCodec<T> tasks) {
        if (command instanceof Worker.Assign<T> assign) {
            node.tell(
                    new ToNode.Assign(worker.number(), assign.lease(), encode(tasks, assign.work()), assign.timeout()));
        } else if (command instanceof Worker.Cancel<T> cancel) {
            node.tell(new ToNode.Cancel(worker.number(), cancel.lease()));
        } else if (command instanceof Worker.Stop<T>) {
            return Behaviors.stopped(); // the node sees the end of the run by itself
        }
        return Behaviors.same();
    }

    private static <T> dev.muster.cluster.wire.Payload encode(PayloadCodec<T> tasks, T work) {
        try {
            return tasks.encode(work);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a task: " + e.getMessage(), e);
        }
    }
}
