package dev.muster.cluster;

import dev.muster.cluster.protocol.NodeProtocol;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.engine.Coordinator;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Worker;
import dev.muster.engine.WorkerId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.event.Level;

/**
 * This node's workers for one run, and their link to the run's coordinator. It ends with the coordinator: its successor
 * announces itself, and gets new workers.
 *
 * <p>It enlists again and again: a node that comes back at its old address may be taken for the one that left, and is
 * forgotten then.
 */
final class NodeRun<T, R> extends AbstractBehavior<NodeProtocol> {
    /** Finish what is under way, return the rest, and end. */
    record Drain() implements NodeProtocol {}

    private record Enlist() implements NodeProtocol {}

    private record FromWorker<T, R>(Coordinator.Command<T, R> command) implements NodeProtocol {}

    private static final Duration ENLIST_INTERVAL = Duration.ofSeconds(3);

    private final ActorRef<RunProtocol> run;
    private final String node;
    private final TimerScheduler<NodeProtocol> timers;
    private final Executor<T, R> executor;
    private final PayloadCodec<T> tasks;
    private final PayloadCodec<R> results;
    private final List<ActorRef<Worker.Command<T>>> workers = new ArrayList<>();
    private int left;

    static <T, R> Behavior<NodeProtocol> create(
            ActorRef<RunProtocol> run,
            String node,
            EngineSettings settings,
            Executor<T, R> executor,
            Class<T> taskType,
            Class<R> resultType) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new NodeRun<>(context, timers, run, node, settings, executor, taskType, resultType)));
    }

    private NodeRun(
            ActorContext<NodeProtocol> context,
            TimerScheduler<NodeProtocol> timers,
            ActorRef<RunProtocol> run,
            String node,
            EngineSettings settings,
            Executor<T, R> executor,
            Class<T> taskType,
            Class<R> resultType) {
        super(context);
        context.setLoggerName(NodeRun.class); // the context is another actor's, which this one has become
        this.run = run;
        this.node = node;
        this.timers = timers;
        this.executor = executor;
        this.tasks = new PayloadCodec<>(taskType);
        this.results = new PayloadCodec<>(resultType);
        ActorRef<Coordinator.Command<T, R>> link = context.spawn(link(context.getSelf()), "link");
        for (int number = 1; number <= settings.workers(); number++) {
            Behavior<Worker.Command<T>> worker = Worker.create(new WorkerId(node, number), link, executor, settings);
            workers.add(context.spawn(worker, "worker-" + number));
        }
        timers.startTimerWithFixedDelay(new Enlist(), ENLIST_INTERVAL);
    }

    /** Brings what workers say into this actor's own order. */
    private static <T, R> Behavior<Coordinator.Command<T, R>> link(ActorRef<NodeProtocol> self) {
        return Behaviors.receiveMessage(command -> {
            self.tell(new FromWorker<>(command));
            return Behaviors.same();
        });
    }

    @Override
    public Receive<NodeProtocol> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(Terminated.class, runIsOver -> Behaviors.stopped())
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<NodeProtocol> onMessage(NodeProtocol message) {
        if (message instanceof NodeProtocol.Assign assign) {
            onAssign(assign);
        } else if (message instanceof NodeProtocol.Cancel cancel) {
            workers.get(cancel.worker() - 1).tell(new Worker.Cancel<>(cancel.lease()));
        } else if (message instanceof FromWorker<?, ?> from) {
            onFromWorker(from);
        } else if (message instanceof Enlist) {
            run.tell(new RunProtocol.Enlist(node, workers.size(), getContext().getSelf()));
        } else if (message instanceof Drain) {
            timers.cancelAll();
            workers.forEach(worker -> worker.tell(new Worker.Drain<>()));
        }
        return left == workers.size() ? Behaviors.stopped() : this;
    }

    private void onAssign(NodeProtocol.Assign assign) {
        try {
            T work = tasks.decode(assign.work());
            workers.get(assign.worker() - 1).tell(new Worker.Assign<>(assign.lease(), work, assign.timeout()));
        } catch (IOException e) {
            // The task stays leased until its deadline; then it is put back or, in the end, reported.
            getContext().getLog().error("cannot read a task of {}: {}", run.path(), e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // from this node's own workers of this run
    private void onFromWorker(FromWorker<?, ?> from) {
        Coordinator.Command<T, R> command = (Coordinator.Command<T, R>) from.command();
        if (command instanceof Coordinator.Pull<T, R> pull) {
            run.tell(new RunProtocol.Pull(
                    pull.worker(), pull.lastLease(), getContext().getSelf()));
        } else if (command instanceof Coordinator.Completed<T, R> completed) {
            run.tell(outcome(completed));
        } else if (command instanceof Coordinator.Failed<T, R> failed) {
            log(failed);
            run.tell(new RunProtocol.Failed(failed.worker(), failed.lease(), failed.failure()));
        } else if (command instanceof Coordinator.Leave<T, R> leave) {
            run.tell(new RunProtocol.Leave(leave.worker(), leave.lastLease()));
            left++;
        }
    }

    /** Without the failure's sentence, which may name objects; the report has it. */
    private void log(Coordinator.Failed<T, R> failed) {
        Level level = failed.failure().kind() == Failure.Kind.THROTTLED ? Level.DEBUG : Level.INFO;
        getContext()
                .getLog()
                .atLevel(level)
                .addKeyValue(LogFields.TASK, failed.lease())
                .log(
                        "task failed: {} ({})",
                        failed.failure().code(),
                        failed.failure().kind());
    }

    /** A result that no message holds is a failure that names itself, not a message that gets lost. */
    private RunProtocol outcome(Coordinator.Completed<T, R> completed) {
        try {
            Payload result = results.encode(completed.result());
            if (result.fitsIntoMessage()) {
                return new RunProtocol.Completed(completed.worker(), completed.lease(), result);
            }
            return unsendable(completed, "a result of " + result + " is too large for a message");
        } catch (IOException e) {
            return unsendable(completed, String.valueOf(e.getMessage()));
        }
    }

    private RunProtocol unsendable(Coordinator.Completed<T, R> completed, String why) {
        Failure failure = new Failure(Failure.Kind.INVALID, "UnsendableResult", why);
        return new RunProtocol.Failed(completed.worker(), completed.lease(), failure);
    }

    private Behavior<NodeProtocol> onStop(PostStop stop) {
        executor.close();
        return this;
    }
}
