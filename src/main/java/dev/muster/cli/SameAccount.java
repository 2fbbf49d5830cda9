package dev.muster.cli;

import dev.muster.aws.AwsClients;
import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import dev.muster.engine.TaskException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An executor on a node of a cluster: does nothing for a run of another account than the node's credentials belong to, as
 * its results would be another estate's. While that cannot be found out its tasks fail; after a few tries the node is unfit,
 * lest it use up the attempts of tasks that others can do. Closes the clients.
 */
final class SameAccount<T, R> implements Executor<T, R> {
    private static final int MAX_TRIES = 3;

    private final String expected;
    private final AwsClients clients;
    private final Executor<T, R> executor;
    private CompletableFuture<Void> checked;
    private int tries;

    private SameAccount(String expected, AwsClients clients, Executor<T, R> executor) {
        this.expected = expected;
        this.clients = clients;
        this.executor = executor;
    }

    /** The job with such an executor. */
    static <T, R, P> Job<T, R, P> guard(Job<T, R, P> job, String expected, AwsClients clients) {
        return new Job<>(
                job.name(),
                job.arguments(),
                job.plan(),
                guard(expected, clients, job.executor()),
                job.summary(),
                job.output(),
                job.taskType(),
                job.partialType());
    }

    static <T, R> Executor<T, R> guard(String expected, AwsClients clients, Executor<T, R> executor) {
        return new SameAccount<>(expected, clients, executor);
    }

    @Override
    public CompletableFuture<R> execute(T task) {
        CompletableFuture<Void> check = check();
        if (check.isDone() && !check.isCompletedExceptionally()) {
            return executor.execute(task);
        }
        return check.thenCompose(same -> executor.execute(task));
    }

    private synchronized CompletableFuture<Void> check() {
        if (tries < MAX_TRIES && (checked == null || checked.isCompletedExceptionally())) {
            tries++;
            checked = Caller.belongsTo(clients, expected);
            if (tries == MAX_TRIES) {
                checked = checked.exceptionallyCompose(error -> CompletableFuture.failedFuture(unfit(error)));
            }
        }
        return checked;
    }

    private static Throwable unfit(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof TaskException task ? new TaskException(Caller.unfit(task.failure()), cause) : cause;
    }

    @Override
    public void close() {
        executor.close();
        clients.close();
    }
}
