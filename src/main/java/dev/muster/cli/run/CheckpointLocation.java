package dev.muster.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.option.CommonOptions;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.Job;
import dev.muster.store.FileCheckpointStore;
import dev.muster.store.MemoryCheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Opens the checkpoint of a run on this machine: in the directory of the options, else in one for its arguments. */
final class CheckpointLocation {
    /** Enough that no two audits of a user share a directory. */
    private static final int DIGEST_BYTES = 8;

    private final CommandContext commandContext;
    private final CommonOptions options;

    CheckpointLocation(CommandContext commandContext, CommonOptions options) {
        this.commandContext = commandContext;
        this.options = options;
    }

    /** @throws UserException if it cannot be opened in the user's directory */
    RetainedCheckpoint open(Job<?, ?, ?> job) {
        RetainedCheckpoint checkpoint = new RetainedCheckpoint(store(job), System::nanoTime);
        if (!options.resume) {
            meetEarlierRun(checkpoint, job);
        }
        return checkpoint;
    }

    /** Tells whether an earlier run has left a checkpoint. */
    boolean held(Job<?, ?, ?> job) {
        try (RetainedCheckpoint checkpoint = new RetainedCheckpoint(store(job), System::nanoTime)) {
            return checkpoint.ofEarlierRun();
        }
    }

    private CheckpointStore store(Job<?, ?, ?> job) {
        if (!commandContext.repeatable()) {
            return none();
        }
        Optional<Path> place = Optional.ofNullable(options.checkpoint).or(() -> defaultDirectory(job));
        if (place.isEmpty()) {
            return without("cannot keep a checkpoint: the user has no home directory", null);
        }
        Path directory = place.get();
        try {
            return options.checkpoint == null
                    ? FileCheckpointStore.openOwn(directory)
                    : FileCheckpointStore.open(directory);
        } catch (IOException e) {
            return without("cannot keep a checkpoint in " + directory + ": " + FileErrors.reason(e), e);
        }
    }

    private CheckpointStore without(String problem, IOException cause) {
        if (options.checkpoint != null || options.resume) {
            throw new UserException(ExitCodes.USAGE, problem + "; give another directory with --checkpoint", cause);
        }
        commandContext.console().line("muster: warning: " + problem + "; this run cannot be resumed");
        return none();
    }

    /** Store of a run that cannot be resumed. */
    static CheckpointStore none() {
        return new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
    }

    private void meetEarlierRun(RetainedCheckpoint checkpoint, Job<?, ?, ?> job) {
        if (!checkpoint.ofEarlierRun()) {
            return;
        }
        String regret = " (--resume would have continued it)";
        if (job.output().writesMeanwhile()) {
            checkpoint.remove();
        } else {
            checkpoint.spareEarlier();
            regret = " after a minute (to continue it instead, press Ctrl-C before and give --resume)";
        }
        if (!options.console.quiet) {
            commandContext
                    .console()
                    .line(
                            "muster: an earlier run was not completed; this one starts afresh and replaces its checkpoint in "
                                    + checkpoint.location() + regret);
        }
    }

    private Optional<Path> defaultDirectory(Job<?, ?, ?> job) {
        return commandContext
                .directories()
                .state()
                .map(state ->
                        state.resolve(job.name() + "-" + digest(job.arguments().toString())));
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
