package dev.muster.events;

import java.time.Duration;
import java.util.Optional;

/**
 * Polling policy of a run.
 *
 * @param minPollers pollers at least; 1 or more
 * @param maxPollers pollers at most, more than the least where answers are full
 * @param follow whether the run goes on when the queue is empty
 * @param emptyAnswers receives in turn without a message that show a queue to be empty; 1 or more
 * @param pollTimeout after which a receive counts as failed
 * @param flushTimeout after which a write counts as failed
 * @param maxHeld messages that all destinations together may hold
 * @param emptyAnswersAfterLoss the same for a queue that messages may come back to from a process that is gone: as many
 *     as fill a visibility timeout; 0 where a run ends with its process
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
     * @param afterLoss the same where messages may be hidden since the run lost them
     */
    record Looks(int again, int afterLoss) {}
}
