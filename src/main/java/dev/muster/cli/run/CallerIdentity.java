package dev.muster.cli.run;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Finds out the account of a run's credentials; a run with unusable ones ends here, before anything is done. */
public final class CallerIdentity {
    /** Longest time without any output. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    /** Timeout for one answer. Tasks wait for several of them, and must not time out before. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private static final String ATTEMPTED = "look up the account of the credentials";

    private static final Failure NO_ANSWER = new Failure(
            Failure.Kind.INVALID, "MalformedAnswer", ATTEMPTED + " failed: the server's answer is not one of STS");

    private static final Logger LOG = LoggerFactory.getLogger(CallerIdentity.class);

    private CallerIdentity() {}

    /**
     * The account's id by <a
     * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>. A
     * throttled or broken request is repeated for some seconds.
     *
     * @return the account; empty if requests are unsigned or the server does not tell, with a warning unless it says
     *     that it has no such operation
     * @throws UserException if there are no usable credentials, the endpoint that is set cannot be reached, or the
     *     account is needed and STS cannot tell at the moment
     */
    public static String account(AwsClients clients, boolean needed, Console console) {
        if (clients.settings().unsigned()) {
            return "";
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        for (Duration pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
            try {
                CompletableFuture<String> asked = clients.call(() -> identity(clients));
                told |= !told && silent(asked, clients, console);
                return asked.join();
            } catch (CompletionException e) {
                Failure failure = failure(clients, e);
                boolean passing = failure.kind() == Failure.Kind.TRANSIENT || failure.kind() == Failure.Kind.THROTTLED;
                LOG.debug("the account is not told", e);
                if (!passing || System.nanoTime() + pause.toNanos() > until) {
                    refuse(clients, failure, needed && passing, answered(e));
                    if (!saysNo(e)) {
                        console.line("muster: warning: " + failure.message() + "; the account stays unknown");
                    }
                    return "";
                }
                sleep(pause);
            }
        }
    }

    /** Reports the wait if no answer comes for a while. */
    private static boolean silent(CompletableFuture<?> asked, AwsClients clients, Console console) {
        try {
            asked.copy().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            console.line("muster: still waiting for an answer: look up the account of the credentials"
                    + clients.settings()
                            .endpointOf("sts")
                            .map(endpoint -> " at " + endpoint)
                            .orElse(""));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.trace("told by who waits for it", e);
        }
        return false;
    }

    /**
     * Refuses unusable credentials, and an endpoint that cannot be reached, as it is probably misspelled; AWS itself
     * may be unreachable for a moment.
     */
    private static void refuse(AwsClients clients, Failure failure, boolean needed, boolean answered) {
        boolean unreachable = failure.kind() == Failure.Kind.TRANSIENT
                && !answered
                && clients.settings().endpointOf("sts").isPresent();
        if (failure.kind() == Failure.Kind.UNFIT || unreachable || needed) {
            throw new UserException(ExitCodes.FAILED, failure.message());
        }
    }

    private static boolean answered(Throwable error) {
        return error.getCause() instanceof AwsServiceException;
    }

    /** Tells whether a server refuses the operation with an error of STS, or of S3, which is then all it supports. */
    private static boolean saysNo(Throwable error) {
        return error.getCause() instanceof AwsServiceException refusal
                && refusal.statusCode() / 100 == 4
                && !refusal.isThrottlingException()
                && refusal.awsErrorDetails() != null
                && (refusal.awsErrorDetails().errorCode() != null || isErrorOfS3(refusal.awsErrorDetails()));
    }

    /** Tells whether the answer is S3's error document, whose root differs from that of STS. */
    private static boolean isErrorOfS3(AwsErrorDetails details) {
        String body = details.rawResponse() == null ? "" : details.rawResponse().asString(StandardCharsets.ISO_8859_1);
        return body.contains("<Error>") && body.contains("<Code>");
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
     * @return fails as {@link Failure.Kind#UNFIT} if they belong to another account, are unusable, or it cannot be
     *     found out; with another class of failure if it may be found out later
     */
    public static CompletableFuture<Void> belongsTo(AwsClients clients, String expected) {
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
        String account = clients.sts(clients.home()).getCallerIdentity().account();
        if (account == null || account.isBlank()) {
            throw new TaskException(NO_ANSWER);
        }
        return account;
    }

    /**
     * Classifies an error: an unreadable answer comes from a server without STS, and not from a broken connection to
     * one.
     */
    private static Failure failure(AwsClients clients, Throwable error) {
        Failure failure = new ErrorClassifier(clients.settings()).classify(error, ATTEMPTED);
        boolean unread = failure.kind() == Failure.Kind.DEFECT || failure.code().equals(NO_ANSWER.code());
        return unread ? NO_ANSWER : failure;
    }

    private static Failure untold(Failure failure) {
        return failure.kind().retriable() ? failure : unfit(failure);
    }

    /** The failure as one that makes the node unfit. */
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
