package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Job;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.engine.actor.LocalRun;
import dev.muster.engine.checkpoint.CheckpointException;
import dev.muster.engine.checkpoint.CheckpointStore;
import dev.muster.engine.checkpoint.FileCheckpointStore;
import dev.muster.engine.checkpoint.MemoryCheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job on this machine with all that a person at a terminal expects: progress, Ctrl-C, resuming. */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** Enough that no two audits of one user share a directory. */
    private static final int DIGEST_BYTES = 8;

    private final Config config;
    private final CommonOptions options;
    private final Invocation invocation;
    private final EngineSettings settings;

    /**
     * A runner for one command.
     *
     * @throws UserException if the configuration is wrong
     */
    JobRunner(Invocation invocation, CommonOptions options) {
        this.config = invocation
                .config()
                .withValue("muster.workers", ConfigValueFactory.fromAnyRef(options.workers, "--workers"));
        this.options = options;
        this.invocation = invocation;
        this.settings = settings(config);
        if (options.debug) {
            Logging.set(invocation.talk(), true);
        }
    }

    /** How many tasks are done at the same time at most. */
    int workers() {
        return settings.workers();
    }

    /**
     * Runs a job to its end, in whatever way it ends.
     *
     * @param gauge turns the job's progress into a line
     * @throws UserException if it cannot start
     */
    <T, R, P> RunResult<T, P> run(Job<T, R, P> job, Gauge gauge) {
        try (CheckpointStore store = store(job);
                LocalRun<T, R, P> run = start(job, store)) {
            return follow(run, gauge, run::stop, store instanceof FileCheckpointStore);
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    /**
     * Runs a job that needs no checkpoint, as all that it has not done is still on a queue.
     *
     * @param workers at least so many; all of them work, as waiting for messages is no sign of a busy service
     * @param stop asks the job to end by itself
     */
    <T, R, P> RunResult<T, P> runFromQueue(Job<T, R, P> job, Gauge gauge, int workers, Runnable stop) {
        int enough = settings.scheduler().adaptive() ? workers : Math.max(workers, settings.workers());
        Config fixed = config.withValue("muster.workers", ConfigValueFactory.fromAnyRef(enough));
        CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<T, R, P> run = LocalRun.start(config, job, settings(fixed), store)) {
            return follow(run, gauge, stop, false);
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    /** Runs a job that is gone on with by running it again from its start. */
    <T, R, P> RunResult<T, P> runWithoutCheckpoint(Job<T, R, P> job, Gauge gauge) {
        CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<T, R, P> run = LocalRun.start(config, job, settings, store)) {
            return follow(run, gauge, run::stop, false);
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    private <T, R, P> RunResult<T, P> follow(LocalRun<T, R, P> run, Gauge gauge, Runnable stop, boolean resumable) {
        try (Interrupts interrupts = new Interrupts(stop);
                ProgressTicker ticker = ProgressTicker.start(
                        run::progress, gauge, invocation.talk(), !options.quiet && !options.noProgress)) {
            RunResult<T, P> result = run.result().toCompletableFuture().join();
            ticker.close();
            tellEnd(result, resumable);
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

    private <T, P> void tellEnd(RunResult<T, P> result, boolean resumable) {
        if (result.end() instanceof RunEnd.Halted halted) {
            invocation.talk().line("muster: error: " + halted.failure().message());
        } else if (result.end() instanceof RunEnd.Interrupted) {
            invocation.talk().line("muster: interrupted: the report is partial");
        }
        if (resumable
                && !(result.end() instanceof RunEnd.Complete)
                && result.checkpoint().isPresent()) {
            invocation.talk().line("muster: to go on where it stopped: " + invocation.resumeCommand());
        }
    }

    private static EngineSettings settings(Config config) {
        try {
            return EngineSettings.from(config);
        } catch (ConfigException e) {
            throw new UserException(ExitCodes.USAGE, Configuration.oneLine(e), e);
        }
    }

    private <T, R, P> LocalRun<T, R, P> start(Job<T, R, P> job, CheckpointStore store) {
        if (!options.resume) {
            return LocalRun.start(config, job, settings, store);
        }
        try {
            return LocalRun.resume(config, job, settings, store);
        } catch (CheckpointException | IOException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot resume from the checkpoint in " + store.location() + ": " + e.getMessage(),
                    e);
        }
    }

    private <T, R, P> CheckpointStore store(Job<T, R, P> job) {
        if (!invocation.repeatable()) {
            return new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        }
        Path directory = Optional.ofNullable(options.checkpoint).orElseGet(() -> defaultDirectory(job));
        try {
            CheckpointStore store = options.checkpoint == null
                    ? FileCheckpointStore.openOwn(directory)
                    : FileCheckpointStore.open(directory);
            tellEarlierRun(store);
            return store;
        } catch (IOException e) {
            String problem = "cannot keep a checkpoint in " + directory + ": " + Errors.reason(e);
            if (options.checkpoint != null || options.resume) {
                throw new UserException(ExitCodes.USAGE, problem + "; give another directory with --checkpoint", e);
            }
            invocation.talk().line("muster: warning: " + problem + "; this run cannot be resumed");
            return new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        }
    }

    private void tellEarlierRun(CheckpointStore store) {
        if (options.resume || options.quiet) {
            return;
        }
        try {
            if (store.load().isPresent()) {
                invocation
                        .talk()
                        .line(
                                "muster: an earlier run was interrupted; this one starts afresh and replaces its checkpoint in "
                                        + store.location() + " (--resume would have gone on with it)");
            }
        } catch (IOException e) {
            LOG.debug("an earlier checkpoint cannot be read", e);
        }
    }

    private <T, R, P> Path defaultDirectory(Job<T, R, P> job) {
        return invocation
                .directories()
                .state()
                .resolve(job.name() + "-" + digest(job.arguments().toString()));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
