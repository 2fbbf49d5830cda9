package dev.muster.events;

import java.time.Duration;
import java.util.Optional;

/**
 * Polling policy of a run.
 *
 * @param minPollers least number of pollers; 1 or more
 * @param maxPollers greatest number of pollers, which is approached while answers are full
 * @param follow whether the run continues when the queue is empty
 * @param emptyAnswers receives in a row without a message after which a queue counts as empty; 1 or more
 * @param pollTimeout time after which a receive counts as failed
 * @param flushTimeout time after which a write counts as failed
 * @param maxHeld greatest number of messages in all destinations together
 * @param emptyAnswersAfterLoss the same for a queue to which messages of a dead process may return: as many as fill a
 *     visibility timeout; 0 if a run ends with its process
 * @param looks at what a drained queue says of itself; empty where there is no queue
 */
record PollingPolicy(
        int minPollers,
        int maxPollers,
        boolean follow,
        int emptyAnswers,
        Duration pollTimeout,
        Duration flushTimeout,
        long maxHeld,
        int emptyAnswersAfterLoss,
        Optional<Looks> looks) {
    /**
     * Number of times that a drained queue is looked at again which says that it still has messages.
     *
     * @param again 0 for none, as in a dry run, which would only get the same messages again
     * @param afterLoss the same if messages may be hidden because the run lost them
     */
    record Looks(int again, int afterLoss) {}
}
