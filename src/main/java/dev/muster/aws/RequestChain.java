package dev.muster.aws;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Requests whose answers lead to results or to further requests. Cancelling the future of a result ends the request that is
 * under way, which the stages of {@link CompletableFuture} do not.
 */
public final class RequestChain {
    private RequestChain() {}

    /** The result of a request that was answered or has failed. */
    public static <A, B> CompletableFuture<B> handle(
            CompletableFuture<A> request, BiFunction<A, Throwable, B> meaning) {
        return next(request, (answer, error) -> CompletableFuture.completedFuture(meaning.apply(answer, error)));
    }

    /** The result of the request that follows from an answer. */
    public static <A, B> CompletableFuture<B> then(
            CompletableFuture<A> request, Function<A, CompletableFuture<B>> following) {
        return next(
                request,
                (answer, error) -> error == null ? following.apply(answer) : CompletableFuture.failedFuture(error));
    }

    /** The result of the request that follows from an answer or an error. */
    public static <A, B> CompletableFuture<B> next(
            CompletableFuture<A> request, BiFunction<A, Throwable, CompletableFuture<B>> following) {
        CompletableFuture<B> result = new CompletableFuture<>();
        var unused = result.whenComplete((found, error) -> request.cancel(true));
        var unusedToo = request.whenComplete((answer, error) -> {
            if (!result.isDone()) {
                follow(result, () -> following.apply(answer, error));
            }
        });
        return result;
    }

    private interface Request<B> {
        CompletableFuture<B> send();
    }

    private static <B> void follow(CompletableFuture<B> result, Request<B> following) {
        try {
            CompletableFuture<B> second = following.send();
            var unused = result.whenComplete((found, error) -> second.cancel(true));
            var unusedToo = second.whenComplete((found, error) -> {
                if (error == null) {
                    result.complete(found);
                } else {
                    result.completeExceptionally(error);
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
