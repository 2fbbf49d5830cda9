package dev.muster.events;

import java.time.Duration;

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
 * @param looks how often a drained queue that says that it still has messages is looked at again
 * @param looksAfterLoss the same where messages may be hidden since the run lost them
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
        int looks,
        int looksAfterLoss) {}
