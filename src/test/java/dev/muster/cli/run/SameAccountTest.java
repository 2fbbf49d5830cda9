package dev.muster.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure.Kind;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
class SameAccountTest {
    private static final String ACCOUNT = "111111111111";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile int troubles;
    private volatile int status = 503;
    private volatile CompletableFuture<Void> silence = CompletableFuture.completedFuture(null);

    private final PracticeServer sts = new PracticeServer(exchange -> {
        if (asked.incrementAndGet() <= troubles) {
            silence.join();
            PracticeServer.send(exchange, status, "<Error><Code>Trouble</Code></Error>".getBytes(UTF_8));
        } else {
            PracticeServer.send(exchange, 200, identity());
        }
    });
    private final AwsClients clients = new AwsClients(sts.settings());

    @AfterEach
    void end() {
        clients.close();
        sts.close();
    }

    @Test
    void whileTheAccountCannotBeFoundOutTasksWaitAndItIsAskedAgain() {
        troubles = 2;
        Executor<String, String> executor = guarded(ACCOUNT);

        CompletableFuture<String> first = executor.execute("first");
        CompletableFuture<String> second = executor.execute("second");

        assertThat(first.join()).isEqualTo("first");
        assertThat(second.join()).isEqualTo("second");
        assertThat(executor.execute("third").join()).isEqualTo("third");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aNodeThatCannotFindItOutIsUnfitUntilALaterTaskFindsItOut() {
        troubles = 3;
        Executor<String, String> executor = guarded(ACCOUNT);

        assertThat(failure(executor)).isEqualTo(Kind.UNFIT);
        assertThat(done).hasValue(0);
        assertThat(executor.execute("page").join()).isEqualTo("page");
        assertThat(asked).hasValue(4);
    }

    @Test
    @Timeout(30)
    void aQuestionThatIsNotAnsweredIsAskedAgainLongBeforeTheTasksTimeIsUp() {
        troubles = 1;
        silence = new CompletableFuture<>();
        Duration hours = Duration.ofHours(2);
        try (AwsClients patient = new AwsClients(sts.settings(new Timeouts(hours, hours, hours)))) {
            Executor<String, String> executor = guarded(ACCOUNT, patient);

            assertThat(executor.execute("page").join()).isEqualTo("page");
        } finally {
            silence.complete(null);
        }
    }

    @Test
    void theFirstQuestionsOfManyNodesAreSpreadAndThoseOfAFewHardly() {
        assertThat(SameAccount.spread(1)).isEqualTo(Duration.ZERO);
        assertThat(SameAccount.spread(3)).isLessThan(Duration.ofMillis(10));
        assertThat(SameAccount.spread(1_000)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
        assertThat(SameAccount.spread(100_000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aNodeThatMayNotAskWhoseCredentialsItHasIsUnfit() {
        troubles = 100;
        status = 403;

        assertThat(failure(guarded(ACCOUNT))).isEqualTo(Kind.UNFIT);
        assertThat(done).hasValue(0);
    }

    @Test
    void credentialsOfAnotherAccountDoNothing() {
        assertThat(failure(guarded("222222222222"))).isEqualTo(Kind.UNFIT);
        assertThat(done).hasValue(0);
    }

    @Test
    void whereTheClientCouldNotTellAnyUsableCredentialsWillDo() {
        troubles = 100;

        assertThat(guarded("").execute("page").join()).isEqualTo("page");
    }

    private Executor<String, String> guarded(String expected) {
        return guarded(expected, clients);
    }

    private Executor<String, String> guarded(String expected, AwsClients asking) {
        return SameAccount.guard(
                expected,
                asking,
                task -> {
                    done.incrementAndGet();
                    return CompletableFuture.completedFuture(task);
                },
                Duration.ZERO);
    }

    private static Kind failure(Executor<String, String> executor) {
        Throwable error = catchThrowable(() -> executor.execute("page").join());
        assertThat(error).isInstanceOf(CompletionException.class);
        return ((TaskException) error.getCause()).failure().kind();
    }

    private static byte[] identity() {
        return ("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                        + "<Account>" + ACCOUNT + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
                .getBytes(UTF_8);
    }
}
