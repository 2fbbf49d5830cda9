package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.s3.MalformedPageException;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;

class UnreadableAnswersTest {
    private static final String TASK = "list buckets";

    private final UnreadableAnswers<String> unreadable = new UnreadableAnswers<>();
    private long now;

    @Test
    void whatComesInTheSameFormThreeTimesWillNotChange() {
        assertThat(judged("row 1")).isEqualTo(Kind.TRANSIENT);
        assertThat(judged("row 1")).isEqualTo(Kind.TRANSIENT);
        assertThat(judged("row 1")).isEqualTo(Kind.INVALID);
    }

    @Test
    void whereSuchTasksWereAnsweredItMustStaySoForAWhile() {
        unreadable.done("list other buckets", now);
        for (int i = 0; i < 10; i++) {
            assertThat(judged("<html>")).isEqualTo(Kind.TRANSIENT);
        }
        now = UnreadableAnswers.PATIENCE_NANOS;

        assertThat(judged("<html>")).isEqualTo(Kind.INVALID);
    }

    @Test
    void whatIsNoAnswerOfTheServiceMayPassHoweverLongItComes() {
        unreadable.done("list other buckets", now);
        for (int i = 0; i < 10; i++) {
            assertThat(judgedForeign()).isEqualTo(Kind.TRANSIENT);
            now += UnreadableAnswers.PATIENCE_NANOS;
        }
    }

    @Test
    void whatIsNoAnswerIsBelievedAfterAWhileWhereOthersAreAnswered() {
        unreadable.done("list other buckets", now);
        for (int i = 0; i < 3; i++) {
            assertThat(judgedForeign()).isEqualTo(Kind.TRANSIENT);
        }
        now = UnreadableAnswers.PATIENCE_NANOS;
        unreadable.done("list further buckets", now);

        assertThat(judgedForeign()).isEqualTo(Kind.INVALID);
    }

    @Test
    void whatWasNeverAServiceIsNotWaitedFor() {
        assertThat(judgedForeign()).isEqualTo(Kind.TRANSIENT);
        assertThat(judgedForeign()).isEqualTo(Kind.TRANSIENT);
        assertThat(judgedForeign()).isEqualTo(Kind.INVALID);
    }

    @Test
    void whatBreaksOffElsewhereEachTimeMayComeWhole() {
        for (int i = 0; i < 10; i++) {
            assertThat(judged("row " + i)).isEqualTo(Kind.TRANSIENT);
        }
    }

    @Test
    void aRefusalInHtmlMayPassWhileNothingElseIsAnswered() {
        unreadable.done("list other buckets", now);
        for (int i = 0; i < 10; i++) {
            assertThat(judgedRefusal("<!DOCTYPE html><html><body>Blocked</body></html>"))
                    .isEqualTo(Kind.TRANSIENT);
            now += UnreadableAnswers.PATIENCE_NANOS;
        }
    }

    @Test
    void aRefusalInHtmlIsBelievedAtOnceWhereNothingWasEverAnswered() {
        assertThat(judgedRefusal("<html><body>Blocked</body></html>")).isEqualTo(Kind.DENIED);
    }

    @Test
    void aRefusalByTheServiceIsBelieved() {
        unreadable.done("list other buckets", now);

        assertThat(judgedRefusal("<Error><Code>AccessDenied</Code><Message>&lt;html></Message></Error>"))
                .isEqualTo(Kind.DENIED);
    }

    private Kind judgedRefusal(String body) {
        AwsServiceException error = AwsServiceException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .rawResponse(SdkBytes.fromUtf8String(body))
                        .build())
                .build();
        Failure failure = new Failure(Kind.DENIED, "AccessDenied", "denied");
        return unreadable
                .judged(TASK, failure, new CompletionException(error), now)
                .kind();
    }

    @Test
    void otherFailuresStayAsTheyAre() {
        Failure timeout = new Failure(Kind.TRANSIENT, "Timeout", "no answer in time");

        for (int i = 0; i < 10; i++) {
            assertThat(unreadable.judged(TASK, timeout, new Exception("x"), now))
                    .isSameAs(timeout);
        }
    }

    private Kind judgedForeign() {
        Failure failure = new Failure(Kind.TRANSIENT, "MalformedAnswer", "no listing");
        return unreadable
                .judged(TASK, failure, MalformedPageException.foreign("<html> where <x> was expected"), now)
                .kind();
    }

    private Kind judged(String where) {
        Failure failure = new Failure(Kind.TRANSIENT, "MalformedAnswer", "no XML");
        return unreadable
                .judged(TASK, failure, new Exception("parse", new Exception(where)), now)
                .kind();
    }
}
