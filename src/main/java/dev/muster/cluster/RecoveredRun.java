package dev.muster.cluster;

import dev.muster.cluster.JobType.RunPlace;
import dev.muster.engine.Checkpoint;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.Job;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A run whose coordinator this node has become.
 *
 * @param checkpoint the checkpoint from which it continues; empty if it begins
 */
record RecoveredRun<T, R, P>(RunState state, Job<T, R, P> job, Optional<Checkpoint<T, P>> checkpoint) {
    /** No coordinator of this release can process the run, however often it tries. */
    static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableException(Throwable cause) {
            super(cause);
        }

        /** Tells whether an actor failed for this reason. */
        static boolean isIn(Throwable failure) {
            return failure instanceof UnusableException || (failure.getCause() != null && isIn(failure.getCause()));
        }
    }

    /**
     * Takes over a run: its previous coordinator can no longer write.
     *
     * @throws IOException if its state cannot be read or written
     * @throws UnusableException if its arguments or its checkpoint are unusable; nothing is left open then
     */
    static <T, R, P> RecoveredRun<T, R, P> of(
            String run, JobType<T, R, P> type, RunRepository states, ActorSystem<?> node) throws IOException {
        RunState state = states.takeOver(run);
        Job<T, R, P> job = job(state, type, new RunPlace(run, node));
        try {
            return new RecoveredRun<>(state, job, checkpoint(state, job));
        } catch (CheckpointException e) {
            close(job);
            throw new UnusableException(e);
        } catch (IOException e) {
            close(job);
            throw e;
        }
    }

    private static <T, R, P> Optional<Checkpoint<T, P>> checkpoint(RunState state, Job<T, R, P> job)
            throws CheckpointException, IOException {
        Optional<InputStream> saved = state.load();
        if (saved.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = saved.get()) {
            return Optional.of(new CheckpointCodec<>(job).decode(in));
        }
    }

    private static <T, R, P> Job<T, R, P> job(RunState state, JobType<T, R, P> type, RunPlace place) {
        try {
            return type.create(state.record().arguments(), place);
        } catch (RuntimeException e) {
            throw new UnusableException(e);
        }
    }

    void close() {
        close(job);
    }

    private static void close(Job<?, ?, ?> job) {
        job.executor().close();
        job.output().close();
    }
}
