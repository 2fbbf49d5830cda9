package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunView;
import dev.muster.store.ContentParts.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Knows all runs and keeps those alive that have not ended. There is one in the cluster; its successor finds the runs
 * in the shared state, so only what came after the last checkpoints is lost with a node. A problem with the state of
 * one run does not hold up the others.
 */
final class RunRegistry extends AbstractBehavior<RegistryProtocol> {
    /** Messages from this node only. */
    interface Internal extends RegistryProtocol {}

    /** Stop after all runs have written a checkpoint, so that another node can continue. */
    record HandOver() implements Internal {}

    /** Remove results whose retention time is over. */
    record Expire() implements Internal {}

    /** Remember the members of this cluster, and see that it is the only one on its store. */
    record Remember() implements Internal {}

    private record Remembered(Optional<List<String>> rival) implements Internal {}

    private record Look(String run) implements Internal {}

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(5);
    private static final Duration EXPIRE_INTERVAL = Duration.ofHours(1);
    private static final Duration REMEMBER_INTERVAL = Duration.ofSeconds(5);

    private final TimerScheduler<RegistryProtocol> timers;
    private final NodeContext node;
    private final RunRepository states;
    private final RunCatalog book;
    private final ResultParts results;
    private final MemberViewFactory cluster;
    private final ClusterRoster roster;
    private final Map<String, ActorRef<RunProtocol>> active = new HashMap<>();
    private boolean handingOver;

    /** A registry that takes over all runs of the shared state. It fails to start if the state cannot be listed. */
    static Behavior<RegistryProtocol> create(NodeContext node, RunRepository states) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new RunRegistry(context, timers, node, states).takeOver()));
    }

    private RunRegistry(
            ActorContext<RegistryProtocol> context,
            TimerScheduler<RegistryProtocol> timers,
            NodeContext node,
            RunRepository states) {
        super(context);
        this.timers = timers;
        this.node = node;
        this.states = states;
        this.book = new RunCatalog(states, context.getLog());
        this.results = new ResultParts(states);
        this.roster = states.roster();
        this.cluster = new MemberViewFactory(context.getSystem());
    }

    private RunRegistry takeOver() throws IOException {
        Set<String> unread = new TreeSet<>(states.list());
        for (RunRecord record : states.records(unread)) {
            unread.remove(record.run());
            book.note(record).ifPresent(this::begin);
        }
        unread.forEach(this::look);
        timers.startTimerWithFixedDelay(new Expire(), Duration.ZERO, EXPIRE_INTERVAL);
        timers.startSingleTimer(new Remember(), Duration.ZERO);
        getContext().getLog().info("this node coordinates; runs not ended: {}", active.keySet());
        return this;
    }

    @Override
    public Receive<RegistryProtocol> createReceive() {
        return newReceiveBuilder()
                .onMessage(RegistryProtocol.Submit.class, this::onSubmit)
                .onMessage(RegistryProtocol.GetRun.class, this::onGetRun)
                .onMessage(RegistryProtocol.Cancel.class, this::onCancel)
                .onMessage(RegistryProtocol.Resume.class, this::onResume)
                .onMessage(RegistryProtocol.ReadResult.class, this::onReadResult)
                .onMessage(RegistryProtocol.GetCluster.class, this::onGetCluster)
                .onMessage(RegistryProtocol.NodeReport.class, this::onNodeReport)
                .onMessage(RunCoordinator.Seen.class, this::onSeen)
                .onMessage(Look.class, this::onLook)
                .onMessage(Expire.class, this::onExpire)
                .onMessage(Remember.class, this::onRemember)
                .onMessage(Remembered.class, this::onRemembered)
                .onMessage(HandOver.class, this::onHandOver)
                .onSignal(Terminated.class, this::onRunStopped)
                .build();
    }

    /** Not answered while another registry takes over: the client repeats the question. */
    private Behavior<RegistryProtocol> onSubmit(RegistryProtocol.Submit submit) {
        if (handingOver) {
            return this;
        }
        Optional<String> refusal = node.types().find(submit.job()).isEmpty()
                ? Optional.of("the cluster's release of muster has no job " + submit.job()
                        + " for clusters; use the same release everywhere")
                : book.submit(submit, Instant.now());
        if (refusal.isEmpty() && !active.containsKey(submit.run())) {
            look(submit.run());
        }
        submit.replyTo().tell(refusal.map(RunReply::refused).orElseGet(() -> book.reply(submit.run())));
        return this;
    }

    private void look(String run) {
        look(run, this::begin);
    }

    /** Looks up a run that is not active in the shared state; later, if that cannot be read now. */
    private void look(String run, Consumer<RunRecord> notEnded) {
        timers.cancel(run);
        try {
            book.look(run).filter(record -> !handingOver).ifPresent(notEnded);
        } catch (IOException e) {
            await(run, e.getMessage());
        }
    }

    private void begin(RunRecord record) {
        node.types()
                .find(record.job())
                .ifPresentOrElse(
                        type -> spawn(record.run(), type),
                        () -> unusable(record, "no job of this name: " + record.job()));
    }

    private void spawn(String run, JobType<?, ?, ?> type) {
        ActorRef<RunProtocol> actor = getContext()
                .spawnAnonymous(
                        RunCoordinator.create(
                                run, type, states, node, getContext().getSelf()),
                        DispatcherSelector.blocking());
        getContext().watch(actor);
        active.put(run, actor);
    }

    private void await(String run, String problem) {
        book.waits(run, problem);
        timers.startSingleTimer(run, new Look(run), LOOK_AGAIN_AFTER);
    }

    /** A run that this release cannot continue waits for a coordinator that can, unless it is to end. */
    private void unusable(RunRecord record, String problem) {
        book.waits(record.run(), problem);
        if (record.cancelled()) {
            book.endWithoutResult(record.run(), Instant.now());
        }
    }

    private Behavior<RegistryProtocol> onSeen(RunCoordinator.Seen seen) {
        book.seen(seen.view());
        return this;
    }

    /** A run that has ended is left alone; one that broke is restarted after a while. */
    private Behavior<RegistryProtocol> onRunStopped(Terminated stopped) {
        String run = active.entrySet().stream()
                .filter(entry -> entry.getValue().path().equals(stopped.getRef().path()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        active.remove(run);
        if (handingOver) {
            return active.isEmpty() ? Behaviors.stopped() : this;
        }
        Optional<Throwable> cause =
                stopped instanceof ChildFailed failed ? Optional.of(failed.getCause()) : Optional.empty();
        String problem = cause.map(RootCause::of).orElse("another node coordinates it");
        if (cause.filter(RecoveredRun.UnusableException::isIn).isPresent()) {
            look(run, record -> unusable(record, problem));
        } else {
            look(run, record -> await(run, problem));
        }
        return this;
    }

    private Behavior<RegistryProtocol> onLook(Look look) {
        look(look.run());
        return this;
    }

    private Behavior<RegistryProtocol> onCancel(RegistryProtocol.Cancel cancel) {
        String run = cancel.run();
        if (active.containsKey(run)) {
            active.get(run).tell(new RunCoordinator.Cancel(cancel.replyTo()));
            return this;
        }
        try {
            if (book.view(run).filter(view -> !view.ended()).isPresent()) {
                states.cancel(run);
                look(run);
            }
            cancel.replyTo().tell(book.reply(run));
        } catch (IOException e) {
            cancel.replyTo().tell(RunReply.refused("cannot end run " + run + ": " + e.getMessage()));
        }
        return this;
    }

    private Behavior<RegistryProtocol> onResume(RegistryProtocol.Resume resume) {
        if (handingOver) {
            return this;
        }
        String run = resume.run();
        try {
            if (book.view(run).filter(RunView::ended).isPresent()) {
                states.resume(run);
                results.forget(run);
                look(run);
            }
            resume.replyTo().tell(book.reply(run));
        } catch (IOException e) {
            resume.replyTo().tell(RunReply.refused("cannot continue run " + run + ": " + e.getMessage()));
        }
        return this;
    }

    private Behavior<RegistryProtocol> onGetRun(RegistryProtocol.GetRun get) {
        get.replyTo().tell(book.reply(get.run()));
        return this;
    }

    /** Not answered while the result cannot be read: the client asks again. */
    private Behavior<RegistryProtocol> onReadResult(RegistryProtocol.ReadResult read) {
        try {
            boolean ended = book.view(read.run()).filter(RunView::ended).isPresent();
            read.replyTo().tell(ended ? results.read(read) : ResultParts.none());
        } catch (IOException e) {
            getContext().getLog().warn("cannot read the result of run {}: {}", read.run(), e.getMessage());
        }
        return this;
    }

    private Behavior<RegistryProtocol> onGetCluster(RegistryProtocol.GetCluster get) {
        get.replyTo().tell(cluster.view(book.views()));
        return this;
    }

    private Behavior<RegistryProtocol> onNodeReport(RegistryProtocol.NodeReport report) {
        cluster.heard(report);
        return this;
    }

    private Behavior<RegistryProtocol> onExpire(Expire expire) {
        book.expire(Instant.now().minus(node.settings().keepRuns()));
        return this;
    }

    /** Asks the store beside this actor, which answers clients also while the store does not. */
    private Behavior<RegistryProtocol> onRemember(Remember remember) {
        String self = cluster.self();
        List<String> members = cluster.addresses();
        CompletableFuture<Optional<List<String>>> rival = CompletableFuture.supplyAsync(
                () -> rival(self, members),
                getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking()));
        getContext().pipeToSelf(rival, (found, error) -> new Remembered(error == null ? found : Optional.empty()));
        return this;
    }

    private Optional<List<String>> rival(String self, List<String> members) {
        try {
            return roster.remember(self, members);
        } catch (IOException e) {
            return Optional.empty(); // next time, perhaps
        }
    }

    /** Makes the weaker of two clusters on one store leave: its nodes find the other when they are started again. */
    private Behavior<RegistryProtocol> onRemembered(Remembered remembered) {
        if (handingOver) {
            return this;
        } else if (remembered.rival().isEmpty()) {
            timers.startSingleTimer(new Remember(), REMEMBER_INTERVAL);
            return this;
        }
        getContext()
                .getLog()
                .warn(
                        "another cluster keeps its runs in the same place, with the nodes {}: this one ends, and its nodes join"
                                + " that one when they are started again",
                        String.join(", ", remembered.rival().get()));
        cluster.leave();
        return this;
    }

    private Behavior<RegistryProtocol> onHandOver(HandOver handOver) {
        handingOver = true;
        timers.cancelAll();
        active.values().forEach(run -> run.tell(new RunCoordinator.Park()));
        return active.isEmpty() ? Behaviors.stopped() : this;
    }

    /** Results of ended runs, a message's worth at a time; the parts that clients read at the moment stay in memory. */
    static final class ResultParts {
        /** Bytes in one message; well below the largest frame. */
        private static final int SIZE = 128 * 1024;
        /** Clients that read results at the same time without having a part read again. */
        private static final int CLIENTS = 8;

        private static final class Newest<V> extends LinkedHashMap<String, V> {
            private static final long serialVersionUID = 1L;

            Newest() {
                super(2 * CLIENTS, 0.75f, true);
            }

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > CLIENTS;
            }
        }

        private final RunRepository states;
        private final Map<String, List<Part>> results = new Newest<>();
        private final Map<String, byte[]> contents = new Newest<>();

        ResultParts(RunRepository states) {
            this.states = states;
        }

        /** Answer about a run that has not ended or is unknown. */
        static RegistryProtocol.ResultPart none() {
            return new RegistryProtocol.ResultPart(0, -1, Payload.of(new byte[0]));
        }

        /** Forgets the result of a resumed run, which will end with another one. */
        void forget(String resumed) {
            results.remove(resumed);
        }

        /**
         * A part of an ended run's result.
         *
         * @throws IOException if the result cannot be read now
         */
        RegistryProtocol.ResultPart read(RegistryProtocol.ReadResult read) throws IOException {
            List<Part> parts = results.get(read.run());
            if (parts == null) {
                Optional<SavedRun> saved =
                        states.read(read.run()).filter(it -> it.record().ended());
                if (saved.isEmpty()) {
                    return none();
                }
                parts = saved.get().result();
                results.put(read.run(), parts);
            }
            long total = parts.stream().mapToLong(Part::bytes).sum();
            long from = Math.min(Math.max(0, read.offset()), total);
            return new RegistryProtocol.ResultPart(from, total, Payload.of(bytes(parts, from)));
        }

        private byte[] bytes(List<Part> parts, long from) throws IOException {
            long begin = 0;
            for (Part part : parts) {
                if (from < begin + part.bytes()) {
                    byte[] content = content(part);
                    int at = (int) (from - begin);
                    return Arrays.copyOfRange(content, at, Math.min(content.length, at + SIZE));
                }
                begin += part.bytes();
            }
            return new byte[0];
        }

        private byte[] content(Part part) throws IOException {
            byte[] content = contents.get(part.name());
            if (content == null) {
                content = states.content(part);
                contents.put(part.name(), content);
            }
            return content;
        }
    }
}
