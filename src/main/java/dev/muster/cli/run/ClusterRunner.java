package dev.muster.cli.run;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Logging;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.console.ProgressTicker;
import dev.muster.cli.console.SignalHandler;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cluster.ClusterClient;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.HostPort;
import dev.muster.cluster.ResultCodec;
import dev.muster.cluster.ResultStream;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Progress;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Has a cluster do a run, and shows it as if it were done here. Ctrl-C does not stop the run. */
public final class ClusterRunner implements AutoCloseable {
    private static final long POLL_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /**
     * Time without an answer from the cluster after which a run is no longer followed: restarting a coordinator may
     * take that long.
     */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final CommandContext commandContext;
    private final boolean quiet;
    private final boolean showProgress;
    private final List<HostPort> contacts;
    private final Duration longestSilence;
    private final CompletableFuture<ClusterClient> client;
    private final CountDownLatch detached = new CountDownLatch(1);
    private volatile RunView last;
    private boolean silent;
    private long toldUpTo;

    /**
     * A runner that connects to the cluster while its caller prepares the run. If the cluster cannot be reached, the
     * first call throws a {@link UserException}.
     */
    public ClusterRunner(CommandContext commandContext, ConsoleOptions console, List<HostPort> contacts) {
        this(commandContext, console, contacts, LONGEST_SILENCE);
    }

    ClusterRunner(
            CommandContext commandContext, ConsoleOptions console, List<HostPort> contacts, Duration longestSilence) {
        this.longestSilence = longestSilence;
        this.commandContext = commandContext;
        this.quiet = console.quiet;
        this.showProgress = console.showsProgress();
        this.contacts = contacts;
        Logging.prepare();
        this.client =
                CompletableFuture.supplyAsync(() -> ClusterClient.connect(commandContext.clusterConfig(), contacts));
    }

    /** Submits a run and returns its name, which is printed first: a run may begin although the answer is lost. */
    public String submit(String job, SortedMap<String, String> arguments) {
        String run = job + "-" + STAMP.format(Clock.systemUTC().instant()) + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
        connected();
        if (!quiet) {
            commandContext.console().line("muster: run " + run + " goes to the cluster; " + attachHint(run));
        }
        accepted(call(client -> client.submit(run, job, arguments), "; run " + run + " may begin all the same"));
        return run;
    }

    /** Continues a run that has ended incomplete; without effect if it has been continued already. */
    public void resume(String run) {
        accepted(call(client -> client.resume(run), "; run " + run + " may go on all the same"));
    }

    public RunView view(String run) {
        return accepted(call(client -> client.run(run), ""));
    }

    public ClusterView cluster() {
        return call(ClusterClient::cluster, "");
    }

    /** Asks a run to end, and returns its present state; its result follows. */
    public RunView cancel(String run) {
        return accepted(call(client -> client.cancel(run), "; it is unknown whether run " + run + " ends"));
    }

    /** Shows a run to its end; empty if the user detached from it before. */
    public <T, P> Optional<RunResult<T, P>> follow(
            String run, Class<T> taskType, Class<P> partialType, ProgressLine progressLine) {
        try (SignalHandler interrupts = new SignalHandler(detached::countDown, commandContext.console()::endStatus);
                ProgressTicker ticker = ProgressTicker.start(
                        this::progress,
                        (before, now) -> progressLine.line(before, now) + workerPool(last),
                        commandContext.console(),
                        showProgress)) {
            if (!untilEnded(run)) {
                ticker.close();
                commandContext.console().line("muster: run " + run + " continues; " + attachHint(run));
                return Optional.empty();
            }
            RunResult<T, P> result = new ResultCodec<>(taskType, partialType).decode(result(run));
            ticker.close();
            if (result.end() instanceof RunEnd.Halted halted) {
                commandContext
                        .console()
                        .line("muster: error: " + halted.failure().message());
            } else if (result.end() instanceof RunEnd.Interrupted) {
                commandContext.console().line("muster: the run was cancelled");
            }
            if (!(result.end() instanceof RunEnd.Interrupted) && JobRunner.worthResuming(result)) {
                commandContext
                        .console()
                        .line("muster: to try again what failed: " + commandContext.attachCommand(run, contacts)
                                + " --resume");
            }
            return Optional.of(result);
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.FAILED, "cannot read the result of run " + run + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(ExitCodes.FAILED, "interrupted while following run " + run, e);
        }
    }

    private ResultStream result(String run) {
        ResultStream result =
                new ResultStream(offset -> call(client -> client.result(run, offset), "; " + attachHint(run)));
        if (result.isEmpty()) {
            throw new UserException(
                    ExitCodes.FAILED,
                    "run " + run + " was cancelled when the cluster could not continue it: there is no report");
        }
        return result;
    }

    /**
     * Waits for the end. While a coordinator is being replaced the cluster does not answer, but the run is not lost.
     */
    private boolean untilEnded(String run) throws InterruptedException {
        long heardAt = System.nanoTime();
        do {
            try {
                last = accepted(connected().run(run));
                heardAt = System.nanoTime();
                if (last.ended()) {
                    return true;
                }
                tell(last.problem().map(problem -> "the run waits: " + problem));
                tellNew(last.notices());
            } catch (ClusterException e) {
                if (System.nanoTime() - heardAt > longestSilence.toNanos()) {
                    throw new UserException(
                            ExitCodes.FAILED,
                            e.getMessage() + "; the run continues when the cluster does; " + attachHint(run),
                            e);
                }
                tell(Optional.of(e.getMessage() + "; still trying"));
            }
        } while (!detached.await(POLL_MILLIS, TimeUnit.MILLISECONDS));
        return false;
    }

    private void tell(Optional<String> trouble) {
        if (trouble.isPresent() && !silent) {
            commandContext.console().line("muster: warning: " + trouble.get());
        }
        silent = trouble.isPresent();
    }

    private void tellNew(List<RunView.Notice> notices) {
        for (RunView.Notice notice : notices) {
            if (notice.number() > toldUpTo && !quiet) {
                commandContext.console().line("muster: " + notice.text());
            }
        }
        toldUpTo = notices.isEmpty() ? 0 : notices.get(notices.size() - 1).number();
    }

    private CompletionStage<Progress> progress() {
        return Optional.ofNullable(last)
                .flatMap(RunView::progress)
                .map(CompletableFuture::completedFuture)
                .orElseGet(CompletableFuture::new);
    }

    /** Describes the nodes that do the run, and those that get no tasks. */
    static String workerPool(RunView view) {
        List<RunView.Share> fit =
                view.nodes().stream().filter(share -> share.unfit().isEmpty()).toList();
        int workers = fit.stream().mapToInt(RunView.Share::workers).sum();
        int unfit = view.nodes().size() - fit.size();
        return "  " + fit.size() + (fit.size() == 1 ? " node, " : " nodes, ") + workers + " workers"
                + (unfit == 0 ? "" : ", " + unfit + " unfit: see muster cluster status");
    }

    private String attachHint(String run) {
        return "to see it again: " + commandContext.attachCommand(run, contacts);
    }

    private static RunView accepted(RunReply reply) {
        return reply.view()
                .orElseThrow(() -> new UserException(
                        ExitCodes.FAILED, reply.refusal().orElse("the cluster refused without a reason")));
    }

    /**
     * Repeats a question while the cluster does not answer, until that lasts longer than replacing a coordinator takes.
     *
     * @param unanswered end of the message if there is no answer
     */
    private <A> A call(Function<ClusterClient, A> question, String unanswered) {
        ClusterClient cluster = connected();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                A answer = question.apply(cluster);
                tell(Optional.empty());
                return answer;
            } catch (ClusterException e) {
                tell(Optional.of(e.getMessage() + "; still trying"));
                if (System.nanoTime() > deadline || paused()) {
                    throw new UserException(ExitCodes.FAILED, e.getMessage() + unanswered, e);
                }
            }
        }
    }

    private ClusterClient connected() {
        try {
            return client.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ClusterException unreachable
                    ? new UserException(ExitCodes.FAILED, unreachable.getMessage(), unreachable)
                    : e;
        }
    }

    /** Waits a moment; returns whether the user has interrupted. */
    private boolean paused() {
        try {
            return detached.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        client.handle((found, unreachable) -> {
                    if (found != null) {
                        found.close();
                    }
                    return null;
                })
                .join();
    }
}
