package dev.muster.cluster;

import dev.muster.cluster.JobType.RunPlace;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.TaskException;
import dev.muster.engine.Worker;
import dev.muster.engine.Worker.WorkerId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;

/**
 * This node's workers for one run. They are the engine's own and talk to the run's {@link NodeProxy} for this node;
 * tasks and results are encoded. All end with the run's coordinator: its successor announces itself and gets new ones.
 *
 * <p>The node enlists repeatedly: one that returns at its old address may be mistaken for the one that left, and be
 * forgotten. In that case it gets another proxy, and starts new workers for it.
 */
final class NodeWorkers extends AbstractBehavior<NodeProtocol> {
    /** Finish what is under way, return the rest, and end. */
    record Drain() implements NodeProtocol {}

    private record EnlistDue() implements NodeProtocol {}

    private static final Duration FIRST_ENLIST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration ENLIST_INTERVAL = Duration.ofSeconds(3);

    private final TimerScheduler<NodeProtocol> timers;
    private final ActorRef<RunProtocol> run;
    private final String name;
    private final NodeContext node;
    private final EngineSettings settings;
    private final Set<ActorRef<Worker.Command<Payload>>> workers = new HashSet<>();
    private Optional<NodeProtocol.Serve> served = Optional.empty();
    private Optional<Executor<Payload, Payload>> executor = Optional.empty();
    private boolean draining;

    /** Workers for a run that has announced itself; they start when it says which job it is. */
    static Behavior<NodeProtocol> create(ActorRef<RunProtocol> run, String name, NodeContext node) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new NodeWorkers(context, timers, run, name, node)));
    }

    private NodeWorkers(
            ActorContext<NodeProtocol> context,
            TimerScheduler<NodeProtocol> timers,
            ActorRef<RunProtocol> run,
            String name,
            NodeContext node) {
        super(context);
        context.setLoggerName(NodeWorkers.class);
        this.timers = timers;
        this.run = run;
        this.name = name;
        this.node = node;
        this.settings = node.settings().engine();
        context.watch(run);
        timers.startTimerWithFixedDelay(new EnlistDue(), Duration.ZERO, FIRST_ENLIST_INTERVAL);
    }

    @Override
    public Receive<NodeProtocol> createReceive() {
        return newReceiveBuilder()
                .onMessage(EnlistDue.class, this::onEnlistDue)
                .onMessage(NodeProtocol.Serve.class, this::onServe)
                .onMessage(Drain.class, this::onDrain)
                .onSignal(Terminated.class, this::onTerminated)
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<NodeProtocol> onEnlistDue(EnlistDue due) {
        run.tell(new RunProtocol.Enlist(name, settings.workers(), getContext().getSelf()));
        return this;
    }

    private Behavior<NodeProtocol> onServe(NodeProtocol.Serve serve) {
        boolean known = served.filter(before -> before.coordinator().equals(serve.coordinator()))
                .isPresent();
        if (draining || known) {
            return this;
        }
        served = Optional.of(serve);
        if (executor.isEmpty()) {
            executor = Optional.of(executor(serve));
        }
        workers.forEach(worker -> getContext().stop(worker));
        workers.clear();
        for (int number = 1; number <= settings.workers(); number++) {
            Behavior<Worker.Command<Payload>> worker =
                    Worker.create(new WorkerId(name, number), serve.coordinator(), executor.get(), settings);
            ActorRef<Worker.Command<Payload>> ref = getContext().spawnAnonymous(worker);
            getContext().watch(ref);
            workers.add(ref);
        }
        timers.startTimerWithFixedDelay(new EnlistDue(), ENLIST_INTERVAL);
        return this;
    }

    private Behavior<NodeProtocol> onDrain(Drain drain) {
        draining = true;
        timers.cancelAll();
        workers.forEach(worker -> worker.tell(new Worker.Drain<>()));
        return workers.isEmpty() ? Behaviors.stopped() : this;
    }

    private Behavior<NodeProtocol> onTerminated(Terminated ended) {
        workers.removeIf(worker -> worker.path().equals(ended.getRef().path()));
        boolean runIsOver = run.path().equals(ended.getRef().path());
        return runIsOver || (draining && workers.isEmpty()) ? Behaviors.stopped() : this;
    }

    private Behavior<NodeProtocol> onStop(PostStop stop) {
        executor.ifPresent(Executor::close);
        return this;
    }

    private Executor<Payload, Payload> executor(NodeProtocol.Serve serve) {
        Optional<JobType<?, ?, ?>> type = node.types().find(serve.job());
        if (type.isEmpty()) {
            return unfit("NoSuchJob", "this node's release of muster has no job " + serve.job() + " for clusters");
        }
        RunPlace place = new RunPlace(serve.run(), getContext().getSystem());
        return new LazyExecutor(
                () -> executor(type.get(), serve.arguments(), place, node),
                getContext().getLog());
    }

    private static <T, R, P> Executor<Payload, Payload> executor(
            JobType<T, R, P> type, SortedMap<String, String> arguments, RunPlace place, NodeContext node) {
        Job<T, R, P> job = type.create(arguments, place);
        return new EncodedTasks<>(
                node.metrics().timed(job.name(), job.executor()),
                new PayloadCodec<>(job.taskType()),
                new PayloadCodec<>(type.resultType()));
    }

    /**
     * An executor that is created at once or, if that fails, with a later task, as the node's problem may pass. Until
     * then tasks fail as {@link Failure.Kind#UNFIT}. Thread-safe.
     */
    private static final class LazyExecutor implements Executor<Payload, Payload> {
        private final Supplier<Executor<Payload, Payload>> maker;
        private final Logger log;
        private Optional<Executor<Payload, Payload>> made = Optional.empty();
        private String problem = "";

        LazyExecutor(Supplier<Executor<Payload, Payload>> maker, Logger log) {
            this.maker = maker;
            this.log = log;
            make();
        }

        @Override
        public CompletableFuture<Payload> execute(Payload task) {
            Optional<Executor<Payload, Payload>> executor = make();
            return executor.isPresent()
                    ? executor.get().execute(task)
                    : failed(Failure.Kind.UNFIT, "CannotWork", problem());
        }

        private synchronized Optional<Executor<Payload, Payload>> make() {
            try {
                if (made.isEmpty()) {
                    made = Optional.of(maker.get());
                }
            } catch (RuntimeException e) { // what the job says is wrong with this node
                String why = RootCause.of(e);
                if (!why.equals(problem)) {
                    log.warn("cannot work for a run: {}", why);
                }
                log.debug("cannot work for a run", e);
                problem = why;
            }
            return made;
        }

        private synchronized String problem() {
            return problem;
        }

        @Override
        public synchronized void close() {
            made.ifPresent(Executor::close);
        }
    }

    /** An executor that fails every task, so that the coordinator learns of it and other nodes do the work. */
    private static Executor<Payload, Payload> unfit(String code, String why) {
        return task -> failed(Failure.Kind.UNFIT, code, why);
    }

    private static CompletableFuture<Payload> failed(Failure.Kind kind, String code, String why) {
        return CompletableFuture.failedFuture(new TaskException(new Failure(kind, code, why)));
    }

    /** Executor of encoded tasks from another node. A result too large for a message is a failure of its own. */
    record EncodedTasks<T, R>(Executor<T, R> executor, PayloadCodec<T> tasks, PayloadCodec<R> results)
            implements Executor<Payload, Payload> {
        @Override
        public CompletableFuture<Payload> execute(Payload task) {
            CompletableFuture<R> running;
            try {
                running = executor.execute(tasks.decode(task));
            } catch (IOException e) {
                return failed(Failure.Kind.DEFECT, "UnreadableTask", String.valueOf(e.getMessage()));
            }
            CompletableFuture<Payload> encoded = running.thenApply(this::encode);
            var unused = encoded.whenComplete((result, error) -> {
                if (encoded.isCancelled()) {
                    running.cancel(true);
                }
            });
            return encoded;
        }

        private Payload encode(R result) {
            Payload payload;
            try {
                payload = results.encode(result);
            } catch (IOException e) {
                throw unsendable(String.valueOf(e.getMessage()), e);
            }
            if (!payload.fitsIntoMessage()) {
                throw unsendable("a result of " + payload + " is too large for a message", null);
            }
            return payload;
        }

        private static TaskException unsendable(String why, Throwable cause) {
            return new TaskException(new Failure(Failure.Kind.INVALID, "UnsendableResult", why), cause);
        }

        @Override
        public void close() {
            executor.close();
        }
    }
}
