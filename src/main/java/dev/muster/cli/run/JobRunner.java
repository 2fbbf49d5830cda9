package dev.muster.cli.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.DaemonTimer;
import dev.muster.cli.console.LineStream;
import dev.muster.cli.console.Logging;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.console.ProgressTicker;
import dev.muster.cli.console.SignalHandler;
import dev.muster.cli.option.CommonOptions;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Job;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job on this machine with what users expect at a terminal: progress, Ctrl-C, resuming. */
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Config config;
    private final CommonOptions options;
    private final CommandContext commandContext;
    private final EngineSettings settings;
    private final boolean resume;

    /**
     * A runner for one command.
     *
     * @throws com.typesafe.config.ConfigException if the configuration is wrong
     */
    public JobRunner(CommandContext commandContext, CommonOptions options) {
        this.config = commandContext
                .config()
                .withValue("muster.workers", ConfigValueFactory.fromAnyRef(options.workers, "--workers"));
        this.options = options;
        this.commandContext = commandContext;
        this.settings = EngineSettings.from(config);
        this.resume = options.resume;
        if (options.console.debug) {
            Logging.set(commandContext.console(), true);
        }
    }

    private JobRunner(JobRunner other, boolean resume) {
        this.config = other.config;
        this.options = other.options;
        this.commandContext = other.commandContext;
        this.settings = other.settings;
        this.resume = resume;
    }

    /** A runner for a run that was stopped before its first checkpoint, and begins anew. */
    public JobRunner anew() {
        tellAnew();
        return new JobRunner(this, false);
    }

    private void tellAnew() {
        commandContext
                .console()
                .line("muster: the earlier run was stopped before its first checkpoint: it begins anew");
    }

    /** Tells whether a run of this job has left a checkpoint. */
    public boolean checkpointed(Job<?, ?, ?> job) {
        return new CheckpointLocation(commandContext, options).held(job);
    }

    /** Greatest number of tasks done at the same time. */
    public int workers() {
        return settings.workers();
    }

    /**
     * Runs a job to its end, however it ends, and reports it. Its checkpoint stays until then.
     *
     * @param words description of a task for messages
     * @param progressLine progress line of the run
     * @param report writes the report and returns the exit code
     * @throws UserException if the job cannot start or the report cannot be written
     */
    public <T, R, P> int run(
            Job<T, R, P> job,
            Function<T, String> words,
            ProgressLine progressLine,
            ToIntFunction<RunResult<T, P>> report) {
        return run(job, words, progressLine, run -> {}, report);
    }

    /**
     * Does the same.
     *
     * @param watch is told of the run once it has started
     */
    public <T, R, P> int run(
            Job<T, R, P> job,
            Function<T, String> words,
            ProgressLine progressLine,
            Consumer<LocalRun<T, R, P>> watch,
            ToIntFunction<RunResult<T, P>> report) {
        if (options.console.quiet) {
            return runAndReport(job, progressLine, watch, report);
        }
        OutageReporter<T, R> notices = new OutageReporter<>(
                job.executor(), words, text -> commandContext.console().line("muster: " + text), System::nanoTime);
        ScheduledExecutorService timer = DaemonTimer.named("notices");
        try {
            var unused = timer.scheduleAtFixedRate(notices::tick, 1, 1, TimeUnit.SECONDS);
            return runAndReport(job.with(notices), progressLine, watch, report);
        } finally {
            timer.shutdownNow();
        }
    }

    /** Runs a job like the other method, without messages about outages. */
    public <T, R, P> int run(Job<T, R, P> job, ProgressLine progressLine, ToIntFunction<RunResult<T, P>> report) {
        return runAndReport(job, progressLine, run -> {}, report);
    }

    private <T, R, P> int runAndReport(
            Job<T, R, P> job,
            ProgressLine progressLine,
            Consumer<LocalRun<T, R, P>> watch,
            ToIntFunction<RunResult<T, P>> report) {
        try (RetainedCheckpoint store = new CheckpointLocation(commandContext, options).open(job)) {
            boolean resumable = store.lasting();
            RunResult<T, P> result = run(job, progressLine, watch, store, resumable);
            if (!resume && !worthResuming(result)) {
                store.needless();
            }
            try (SignalHandler writing = SignalHandler.quitting(() -> tellQuit(resumable && store.held()))) {
                int code = report.applyAsInt(result);
                if (code != ExitCodes.FAILED || !store.sparing()) {
                    store.reported();
                }
                return code;
            } catch (UserException e) {
                if (resumable && store.held() && result.end() instanceof RunEnd.Complete) {
                    throw e.advising("to report what was found: " + commandContext.resumeCommand());
                }
                throw e;
            }
        }
    }

    private <T, R, P> RunResult<T, P> run(
            Job<T, R, P> job,
            ProgressLine progressLine,
            Consumer<LocalRun<T, R, P>> watch,
            RetainedCheckpoint store,
            boolean resumable) {
        try (LocalRun<T, R, P> run = start(job, store)) {
            watch.accept(run);
            return follow(
                    run,
                    progressLine,
                    run::stop,
                    () -> tellQuit(resumable && store.held()),
                    result -> tellEnd(result, resumable, store.sparing()));
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    /**
     * Runs a job that needs no checkpoint, as everything that it has not done is still on a queue.
     *
     * @param workers least number of workers; all of them work, as waiting for messages is no sign of a busy service
     * @param stop asks the job to end by itself
     */
    public <T, R, P> RunResult<T, P> runFromQueue(
            Job<T, R, P> job, ProgressLine progressLine, int workers, Runnable stop) {
        int enough = settings.scheduler().adaptive() ? workers : Math.max(workers, settings.workers());
        Config fixed = config.withValue("muster.workers", ConfigValueFactory.fromAnyRef(enough));
        CheckpointStore store = CheckpointLocation.none();
        try (LocalRun<T, R, P> run = LocalRun.start(config, job, EngineSettings.from(fixed), store)) {
            return follow(run, progressLine, stop, () -> {}, result -> tellEnd(result, false, false));
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    /** Runs a job that is continued by running it again from the start. */
    public <T, R, P> RunResult<T, P> runWithoutCheckpoint(Job<T, R, P> job, ProgressLine progressLine) {
        CheckpointStore store = CheckpointLocation.none();
        try (LocalRun<T, R, P> run = LocalRun.start(config, job, settings, store)) {
            return follow(run, progressLine, run::stop, this::tellRest, result -> {
                if (result.end() instanceof RunEnd.Interrupted) {
                    tellRest();
                } else {
                    tellEnd(result, false, false);
                }
            });
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    private <T, R, P> RunResult<T, P> follow(
            LocalRun<T, R, P> run,
            ProgressLine progressLine,
            Runnable stop,
            Runnable lastWords,
            Consumer<RunResult<T, P>> tell) {
        Runnable quit = () -> {
            commandContext.console().endStatus();
            lastWords.run();
        };
        try (SignalHandler interrupts = new SignalHandler(stop, quit);
                ProgressTicker ticker = ProgressTicker.start(
                        run::progress, progressLine, commandContext.console(), options.console.showsProgress())) {
            RunResult<T, P> result = run.result().toCompletableFuture().join();
            ticker.close();
            tell.accept(result);
            return result;
        }
    }

    private static UserException broken(CompletionException e) {
        LOG.debug("the run broke", e);
        return new UserException(
                ExitCodes.FAILED,
                "the run broke (" + e.getCause()
                        + "); this is a defect of muster: please report it with the output of --debug",
                e);
    }

    private <T, P> void tellEnd(RunResult<T, P> result, boolean resumable, boolean sparing) {
        if (result.end() instanceof RunEnd.Halted halted) {
            if (!halted.failure().equals(LineStream.ABANDONED)) {
                commandContext
                        .console()
                        .line("muster: error: " + halted.failure().message());
            }
        } else if (result.end() instanceof RunEnd.Interrupted) {
            commandContext.console().line("muster: interrupted: the result is not complete");
        }
        if (resumable && worthResuming(result) && result.checkpoint().isPresent()) {
            String from = sparing ? "with the earlier run, whose checkpoint is kept" : "where it stopped";
            String purpose = result.end() instanceof RunEnd.Complete && !sparing
                    ? "to try again what failed"
                    : "to continue " + from;
            commandContext.console().line("muster: " + purpose + ": " + commandContext.resumeCommand());
        }
    }

    private void tellRest() {
        commandContext
                .console()
                .line("muster: interrupted; the same command does what is left: " + commandContext.sameCommand());
    }

    /** Reports what a second signal leaves behind: no report, and the newest checkpoint if there is one. */
    private void tellQuit(boolean resumable) {
        commandContext
                .console()
                .line(
                        resumable
                                ? "muster: interrupted; to continue from the last checkpoint: "
                                        + commandContext.resumeCommand()
                                : "muster: interrupted");
    }

    /** Tells whether resuming a run saves anything over starting again. */
    static boolean worthResuming(RunResult<?, ?> result) {
        boolean begun = result.stats().completed() + result.stats().abandoned() > 0;
        return result.end() instanceof RunEnd.Interrupted
                || (result.end() instanceof RunEnd.Halted halted
                        && begun
                        && !halted.failure().equals(LineStream.ABANDONED))
                || (result.checkpoint().isPresent() && result.stats().completed() > 0);
    }

    private <T, R, P> LocalRun<T, R, P> start(Job<T, R, P> job, RetainedCheckpoint store) {
        if (!resume || store.ofRunWithoutCheckpoint()) {
            if (resume) {
                tellAnew();
            }
            return LocalRun.start(config, job, settings, store);
        }
        try {
            return LocalRun.resume(config, job, settings, store);
        } catch (CheckpointException | IOException e) {
            boolean elsewhere = e instanceof CheckpointException && !store.held() && options.checkpoint == null;
            String hint = elsewhere
                    ? ", or give all options of the interrupted run: one of other options is kept elsewhere"
                    : "";
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot resume from the checkpoint in " + store.location() + ": " + e.getMessage() + hint,
                    e);
        }
    }
}
