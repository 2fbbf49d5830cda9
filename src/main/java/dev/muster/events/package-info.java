/**
 * The job {@code muster events}: messages of a queue become lines of one file per day. Polling, merging and giving back are
 * tasks of the engine; what is held between them belongs to one {@link dev.muster.events.dayfile.DayFile} actor per
 * destination. A message is deleted only after its line is durable (invariant 7).
 */
package dev.muster.events;
