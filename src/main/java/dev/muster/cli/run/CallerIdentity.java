package dev.muster.cli.run;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whose credentials a run begins with; a run with unusable ones ends here, before anything is done. */
public final class CallerIdentity {
    /** Longer would be a silent screen. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    /** Tasks wait for it, a few times over; their own time must not be up before. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(CallerIdentity.class);

    private CallerIdentity() {}

    /**
     * The account's id by <a
     * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>. A
     * throttled or broken request is repeated for some seconds.
     *
     * @return empty where that cannot be asked, as on servers that only speak S3; with a warning where it might have been
     * @throws UserException if there are no usable credentials, the endpoint that was given cannot be reached, or the
     *     account is needed and STS does not tell
     */
    public static String account(AwsClients clients, boolean needed, Console console) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (Duration pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
            try {
                return clients.call(() -> identity(clients)).join();
            } catch (CompletionException e) {
                Failure failure = failure(clients, e);
                boolean passing = failure.kind() == Failure.Kind.TRANSIENT || failure.kind() == Failure.Kind.THROTTLED;
                LOG.debug("the account is not told", e);
                if (!passing || System.nanoTime() + pause.toNanos() > until) {
                    return without(clients, failure, needed && passing, console);
                }
                sleep(pause);
            }
        }
    }

    private static String without(AwsClients clients, Failure failure, boolean needed, Console console) {
        boolean unreachable = failure.kind() == Failure.Kind.TRANSIENT
                && clients.settings().endpoint().isPresent();
        if (failure.kind() == Failure.Kind.UNFIT || unreachable || needed) {
            throw new UserException(ExitCodes.FAILED, failure.message());
        } else if (failure.kind().retriable()) {
            console.line("muster: warning: " + failure.message() + "; the account stays unknown");
        }
        return "";
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(ExitCodes.INTERRUPTED, "interrupted");
        }
    }

    /**
     * Completes if the credentials belong to an account.
     *
     * @param expected empty if the client could not tell: then any usable credentials will do
     * @return fails as {@link Failure.Kind#UNFIT} if they belong to another account, are unusable, or nobody can tell; with
     *     another class of failure if that may be told later
     */
    static CompletableFuture<Void> belongsTo(AwsClients clients, String expected) {
        CompletableFuture<String> asked =
                clients.call(() -> identity(clients)).orTimeout(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        return asked.handle((account, error) -> {
            Optional<Failure> failure = error == null
                    ? otherAccount(account, expected)
                    : Optional.of(failure(clients, error))
                            .filter(why -> why.kind() == Failure.Kind.UNFIT || !expected.isEmpty())
                            .map(CallerIdentity::untold);
            if (failure.isPresent()) {
                throw new TaskException(failure.get(), error);
            }
            return null;
        });
    }

    private static String identity(AwsClients clients) {
        return clients.sts(clients.home()).getCallerIdentity().account();
    }

    private static Failure failure(AwsClients clients, Throwable error) {
        return new ErrorClassifier(clients.settings()).classify(error, "look up the account of the credentials");
    }

    private static Failure untold(Failure failure) {
        return failure.kind().retriable() ? failure : unfit(failure);
    }

    /** The failure as one that keeps the node from work. */
    static Failure unfit(Failure failure) {
        return new Failure(Failure.Kind.UNFIT, failure.code(), failure.message());
    }

    private static Optional<Failure> otherAccount(String account, String expected) {
        return expected.isEmpty() || account.equals(expected)
                ? Optional.empty()
                : Optional.of(new Failure(
                        Failure.Kind.UNFIT,
                        "OtherAccount",
                        "this node's credentials belong to account " + account + ", the run is of " + expected
                                + "; give the node credentials of " + expected));
    }
}
