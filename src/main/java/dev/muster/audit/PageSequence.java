package dev.muster.audit;

import dev.muster.audit.split.KeyDistribution;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.engine.Plan.Demand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Lists several pages of a range one after the other, as one result, so that the coordinator's work does not grow with pages.
 *
 * <p>It gives back what it has when the pages that the task grants are listed, when a second is over, and when a page fails, or is
 * one that the plan must look at by itself: that page is not part of the result, and is requested again by the task that follows.
 * So no page counts twice, and a failure is told by a task of its own.
 */
final class PageSequence {
    /** Time after which no further page is requested. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    private final AuditTask.ListRange task;
    private final Function<AuditTask.ListRange, CompletableFuture<AuditResult>> onePage;
    private final int limit;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final CompletableFuture<AuditResult> result = new CompletableFuture<>();
    private volatile CompletableFuture<AuditResult> underWay;

    private PageSequence(
            AuditTask.ListRange task,
            Function<AuditTask.ListRange, CompletableFuture<AuditResult>> onePage,
            int limit,
            LongSupplier nanoTime) {
        this.task = task;
        this.onePage = onePage;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
    }

    /**
     * Number of pages to list next: several where all listers are busy, and nothing about the bucket or its service is out of
     * the ordinary.
     */
    static int pages(
            BucketLocation target, AuditResult.Objects found, Demand demand, KeyDistribution keys, KeyRange rest) {
        boolean several =
                target.mode() == ListingMode.IN_PARTS && ordinary(found) && !demand.slowedDown() && demand.spare() <= 1;
        return several ? keys.pagesAtATime(rest) : 1;
    }

    /**
     * Starts a task. Cancelling the future ends the request under way.
     *
     * @param onePage requests the first page of a range
     * @param limit greatest number of objects in a list
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    static CompletableFuture<AuditResult> list(
            AuditTask.ListRange task,
            Function<AuditTask.ListRange, CompletableFuture<AuditResult>> onePage,
            int limit,
            LongSupplier nanoTime) {
        PageSequence sequence = new PageSequence(task, onePage, limit, nanoTime);
        sequence.request(task, Optional.empty());
        var unused = sequence.result.whenComplete((found, error) -> sequence.underWay.cancel(true));
        return sequence.result;
    }

    private void request(AuditTask.ListRange next, Optional<AuditResult.Objects> soFar) {
        CompletableFuture<AuditResult> page = onePage.apply(next);
        underWay = page;
        if (result.isCancelled()) {
            page.cancel(true);
        }
        var unused = page.whenComplete((found, error) -> {
            try {
                take(found, error, soFar);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private void take(AuditResult found, Throwable error, Optional<AuditResult.Objects> soFar) {
        if (error != null || !(found instanceof AuditResult.Objects page)) {
            end(error, soFar, found);
        } else if (soFar.isPresent() && !ordinary(page)) {
            result.complete(soFar.get());
        } else {
            AuditResult.Objects all =
                    soFar.map(before -> before.followedBy(page, limit)).orElse(page);
            boolean goesOn = ordinary(page) && page.page().more() && all.page().requests() < task.pages();
            if (goesOn && nanoTime.getAsLong() - startedAt < LONGEST.toNanos() && !result.isDone()) {
                KeyRange rest = new KeyRange(page.page().last(), task.range().upTo());
                request(new AuditTask.ListRange(task.target(), rest), Optional.of(all));
            } else {
                result.complete(all);
            }
        }
    }

    private void end(Throwable error, Optional<AuditResult.Objects> soFar, AuditResult found) {
        if (soFar.isPresent()) {
            result.complete(soFar.get());
        } else if (error != null) {
            result.completeExceptionally(error);
        } else {
            result.complete(found);
        }
    }

    /** A page from whose last key the listing goes on, or behind which the server says that the range ends. */
    private static boolean ordinary(AuditResult.Objects found) {
        ListedPage page = found.page();
        boolean silent = page.keys() == 0 && found.edges().beyond().isEmpty();
        return !found.disorder() && found.token().isEmpty() && !page.doubtful() && !silent;
    }
}
