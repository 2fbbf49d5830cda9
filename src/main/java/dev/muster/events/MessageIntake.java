package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.EventsExecutor.Preparation;
import dev.muster.events.queue.MessageSource;

/**
 * The side of a run that receives.
 *
 * @param preparation comes before the first receive
 * @param limit messages to receive at most
 * @param endsWhenFull whether the run ends when no more messages can be held, rather than waits until some are written
 */
record MessageIntake(MessageSource source, Preparation preparation, MessageLimit limit, boolean endsWhenFull) {
    MessageIntake {
        requireNonNull(source, "source is null");
        requireNonNull(preparation, "preparation is null");
        requireNonNull(limit, "limit is null");
    }

    static MessageIntake of(MessageSource source, Preparation preparation, EventsJob.Options options) {
        return new MessageIntake(source, preparation, new MessageLimit(options.maxMessages()), options.dryRun());
    }
}
