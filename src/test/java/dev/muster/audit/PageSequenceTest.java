package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PageSequenceTest {
    private static final BucketLocation LOGS = new BucketLocation("111111111111", "logs", "us-east-1", false, 0);
    private final TaskException slowDown =
            new TaskException(new Failure(Failure.Kind.THROTTLED, "SlowDown", "slow down"));

    private final List<KeyRange> requested = new ArrayList<>();
    private final List<CompletableFuture<AuditResult>> answers = new ArrayList<>();
    private long now;

    @Test
    void pagesThatFollowEachOtherAreOneResult() throws Exception {
        CompletableFuture<AuditResult> result = list("a", "z", 3);
        answer(page(List.of("b", "c"), true));
        answer(page(List.of("d", "e"), true));
        answer(page(List.of("f"), true));

        AuditResult.Objects found = (AuditResult.Objects) result.get();
        assertThat(requested).containsExactly(new KeyRange("a", "z"), new KeyRange("c", "z"), new KeyRange("e", "z"));
        assertThat(found.page()).isEqualTo(new ListedPage(5, List.of("b", "c", "d", "e", "f"), true, false, 3));
        assertThat(found.edges())
                .isEqualTo(new RangeEdges(Optional.of("b"), Optional.of("f"), Optional.empty(), false));
        assertThat(found.goesOn()).isTrue();
    }

    @Test
    void theEndOfTheRangeIsTheEndOfTheResult() throws Exception {
        CompletableFuture<AuditResult> result = list("a", "z", 9);
        answer(page(List.of("b"), true));
        answer(page(List.of("c"), false));

        assertThat(((AuditResult.Objects) result.get()).page())
                .isEqualTo(new ListedPage(2, List.of("b", "c"), false, false, 2));
    }

    @Test
    void whatWasListedBeforeAFailureCountsAndThePageThatFailedDoesNot() throws Exception {
        CompletableFuture<AuditResult> result = list("a", "z", 9);
        answer(page(List.of("b"), true));
        answers.get(1).completeExceptionally(slowDown);

        assertThat(((AuditResult.Objects) result.get()).page()).isEqualTo(new ListedPage(1, List.of("b"), true));
    }

    @Test
    void aFirstPageThatFailsIsTheFailure() {
        CompletableFuture<AuditResult> result = list("a", "z", 9);
        answers.get(0).completeExceptionally(slowDown);

        assertThatThrownBy(result::get).hasCause(slowDown);
    }

    @Test
    void aPageThatThePlanMustLookAtIsLeftToATaskOfItsOwn() throws Exception {
        AuditResult.Objects first = page(List.of("b"), true);
        for (AuditResult.Objects odd : List.of(
                page(List.of(), false), // nothing where the server has said that there is more
                new AuditResult.Objects(
                        first.tally(),
                        new ListedPage(1, List.of("c"), true, true),
                        first.edges(),
                        Optional.empty(),
                        false),
                new AuditResult.Objects(first.tally(), first.page(), first.edges(), Optional.empty(), true),
                new AuditResult.Objects(
                        first.tally(),
                        first.page(),
                        first.edges(),
                        Optional.of(new AuditTask.PageToken("t", "", 0, 1, "t")),
                        false))) {
            requested.clear();
            answers.clear();
            CompletableFuture<AuditResult> result = list("a", "z", 9);
            answer(first);
            answer(odd);

            assertThat(result.get()).isEqualTo(first);
            assertThat(requested).hasSize(2);
        }
    }

    @Test
    void afterASecondNoFurtherPageIsRequested() throws Exception {
        CompletableFuture<AuditResult> result = list("a", "z", 9);
        now = 600_000_000L;
        answer(page(List.of("b"), true));
        now = 1_200_000_000L;
        answer(page(List.of("c"), true));

        assertThat(((AuditResult.Objects) result.get()).page().requests()).isEqualTo(2);
        assertThat(requested).hasSize(2);
    }

    @Test
    void aTaskThatIsCalledBackEndsItsRequest() {
        CompletableFuture<AuditResult> result = list("a", "z", 9);
        answer(page(List.of("b"), true));

        result.cancel(true);

        assertThat(answers.get(1)).isCancelled();
    }

    private CompletableFuture<AuditResult> list(String after, String upTo, int pages) {
        AuditTask.ListRange task = new AuditTask.ListRange(LOGS, new KeyRange(after, upTo), Optional.empty(), pages);
        return PageSequence.list(
                task,
                next -> {
                    requested.add(next.range());
                    answers.add(new CompletableFuture<>());
                    return answers.get(answers.size() - 1);
                },
                5,
                () -> now);
    }

    private void answer(AuditResult page) {
        answers.get(answers.size() - 1).complete(page);
    }

    private static AuditResult.Objects page(List<String> keys, boolean more) {
        Optional<String> first = keys.stream().findFirst();
        Optional<String> last = keys.stream().reduce((before, after) -> after);
        return new AuditResult.Objects(
                ObjectTally.NONE,
                new ListedPage(keys.size(), keys, more),
                new RangeEdges(first, last, Optional.empty(), !more),
                Optional.empty(),
                false);
    }
}
