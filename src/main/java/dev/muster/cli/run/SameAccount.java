package dev.muster.cli.run;

import dev.muster.aws.AwsClients;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * An executor on a node of a cluster that does no tasks of a run for another account than that of the node's
 * credentials, as its results would be about another estate. A node that cannot find out its account in a few tries is
 * unfit until a later task finds it out. Tasks only wait meanwhile: each is done, or goes to another node at no cost.
 * Closes the clients.
 */
public final class SameAccount<T, R> implements Executor<T, R> {
    private static final int MAX_TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** All nodes hear of a run at once; STS is to hear of them one after the other. */
    private static final Duration APART = Duration.ofMillis(4);

    private static final Duration MOST_SPREAD = Duration.ofSeconds(5);

    private final String expected;
    private final AwsClients clients;
    private final Executor<T, R> executor;
    private final Duration spread;
    private CompletableFuture<Void> checked;

    private SameAccount(String expected, AwsClients clients, Executor<T, R> executor, Duration spread) {
        this.spread = spread;
        this.expected = expected;
        this.clients = clients;
        this.executor = executor;
    }

    /** Wraps a job's executor in one like this, on one of so many nodes. */
    public static <T, R, P> Job<T, R, P> guard(Job<T, R, P> job, String expected, AwsClients clients, int nodes) {
        return job.with(guard(expected, clients, job.executor(), spread(nodes)));
    }

    static <T, R> Executor<T, R> guard(String expected, AwsClients clients, Executor<T, R> executor, Duration spread) {
        return new SameAccount<>(expected, clients, executor, spread);
    }

    /** Time within which the first requests of so many nodes are spread; hardly any for a few. */
    static Duration spread(int nodes) {
        Duration all = APART.multipliedBy(nodes - 1L);
        return all.compareTo(MOST_SPREAD) > 0 ? MOST_SPREAD : all;
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
        if (checked == null || checked.isCompletedExceptionally()) {
            long wait =
                    checked != null ? 0 : (long) (ThreadLocalRandom.current().nextDouble() * spread.toMillis());
            checked = after(wait).thenCompose(turn -> ask(MAX_TRIES, FIRST_PAUSE));
        }
        return checked;
    }

    private CompletableFuture<Void> ask(int tries, Duration pause) {
        return CallerIdentity.belongsTo(clients, expected).exceptionallyCompose(error -> {
            Failure failure = Failure.of(error);
            if (failure.kind() == Failure.Kind.UNFIT || tries == 1) {
                return CompletableFuture.failedFuture(new TaskException(CallerIdentity.unfit(failure), error));
            }
            double drawnOut = 1 + ThreadLocalRandom.current().nextDouble();
            return after((long) (drawnOut * pause.toMillis()))
                    .thenCompose(paused -> ask(tries - 1, pause.multipliedBy(2)));
        });
    }

    private static CompletableFuture<Void> after(long millis) {
        return millis == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        executor.close();
        clients.close();
    }
}
