package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.EventsResult.Polled;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports an outage while it lasts: warns once when something keeps failing, and says once that it works again. A run
 * that follows waits until then; a drain gives up after a while and reports it.
 */
final class OutageNotice implements Executor<EventsTask, EventsResult> {
    private static final Logger LOG = LoggerFactory.getLogger(OutageNotice.class);

    /** Failures in a row before a warning: a single failure mostly succeeds when it is tried again within a second. */
    private static final int IN_TURN = 3;
    /** Answers for which a request was made to the queue. */
    private static final Set<Answer> ASKED = EnumSet.of(Answer.FULL_BATCH, Answer.SOME, Answer.LEFT_ONLY, Answer.NONE);

    private final Executor<EventsTask, EventsResult> executor;
    private final String patience;
    private final Map<String, Integer> failuresInTurn = new ConcurrentHashMap<>();

    OutageNotice(Executor<EventsTask, EventsResult> executor, boolean follow) {
        this.executor = requireNonNull(executor, "executor is null");
        this.patience = follow ? "is tried again until it works" : "is tried again for a while";
    }

    @Override
    public CompletableFuture<EventsResult> execute(EventsTask task) {
        CompletableFuture<EventsResult> result = executor.execute(task);
        CompletableFuture<?> unused = result.whenComplete((done, error) -> {
            if (result.isCancelled()) {
                return; // at the end of a run, for all requests at once
            } else if (error != null) {
                failed(task.description(), error);
            } else if (!(done instanceof Polled polled) || ASKED.contains(polled.answer())) {
                worked(task.description());
            }
        });
        return result;
    }

    private void worked(String what) {
        Integer failures = failuresInTurn.remove(what);
        if (failures != null && failures >= IN_TURN) {
            LOG.warn("{} works again", what);
        }
    }

    private void failed(String what, Throwable error) {
        Failure failure = Failure.of(error);
        if (failure.kind().retriable() && failuresInTurn.merge(what, 1, Integer::sum) == IN_TURN) {
            LOG.warn("{} keeps failing, and {}: {}", what, patience, failure);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
