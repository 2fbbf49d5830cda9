package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestChainTest {
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> second = new CompletableFuture<>();
    private final CompletableFuture<Integer> result = RequestChain.then(first, answer -> second);

    @Test
    void theSecondAnswerIsTheResult() {
        first.complete("more");
        second.complete(7);

        assertThat(result).isCompletedWithValue(7);
    }

    @Test
    void cancellingEndsTheFirstRequest() {
        result.cancel(true);

        assertThat(first).isCancelled();
        assertThat(second).isNotDone();
    }

    @Test
    void cancellingEndsTheSecondRequestOnceItIsUnderWay() {
        first.complete("more");
        result.cancel(true);

        assertThat(second).isCancelled();
    }

    @Test
    void cancellingEndsARequestThroughSeveralLinks() {
        CompletableFuture<Integer> whole = RequestChain.handle(result, (answer, error) -> 1);
        first.complete("more");
        whole.cancel(true);

        assertThat(second).isCancelled();
    }

    @Test
    void anErrorIsPassedOnOrLeadsToAnotherRequest() {
        CompletableFuture<Integer> instead = RequestChain.next(first, (answer, error) -> second);
        first.completeExceptionally(new IOException("no"));

        assertThatThrownBy(result::join).hasRootCauseInstanceOf(IOException.class);
        second.complete(7);
        assertThat(instead).isCompletedWithValue(7);
    }

    @Test
    void whatGoesWrongBetweenTheRequestsIsTheResult() {
        CompletableFuture<Integer> broken = RequestChain.then(first, answer -> {
            throw new IllegalStateException("odd");
        });
        first.complete("more");

        assertThatThrownBy(broken::join).hasRootCauseMessage("odd");
    }
}
