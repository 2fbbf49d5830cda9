/**
 * The job {@code muster events}: messages of a queue become lines of one file per day. Polling, merging and releasing are
 * tasks of the engine; what is held between them belongs to one {@link dev.muster.events.dayfile.DayFile} actor per
 * destination. Where things are decided:
 *
 * <ul>
 *   <li>how many pollers there are, and when a queue is drained: {@link dev.muster.events.EventsPlan};
 *   <li>whether a message is kept, and its line and day: {@link dev.muster.events.message.MessageRules} and
 *       {@link dev.muster.events.message.DayRule};
 *   <li>when a day is written: {@code BackPressureLimiter};
 *   <li>when a message is deleted, only after its line is durable (invariant 7):
 *       {@link dev.muster.events.dayfile.DayFile};
 *   <li>whether a write was overtaken by another one: {@link dev.muster.events.dayfile.DayStore}.
 * </ul>
 */
package dev.muster.events;
