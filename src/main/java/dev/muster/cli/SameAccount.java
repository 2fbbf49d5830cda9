package dev.muster.cli;

import dev.muster.aws.AwsClients;
import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import java.util.concurrent.CompletableFuture;

/**
 * An executor on a node of a cluster: does nothing for a run of another account than the node's credentials belong to, as
 * its results would be another estate's. Closes the clients.
 */
final class SameAccount<T, R> implements Executor<T, R> {
    private final String expected;
    private final AwsClients clients;
    private final Executor<T, R> executor;
    private CompletableFuture<Void> checked;

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
                new SameAccount<>(expected, clients, job.executor()),
                job.summary(),
                job.output(),
                job.taskType(),
                job.partialType());
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
        if (checked == null) {
            checked = Caller.belongsTo(clients, expected);
        }
        return checked;
    }

    @Override
    public void close() {
        executor.close();
        clients.close();
    }
}
