/**
 * Day files: merged on disk, replaced in S3 under conditions, each by one actor. {@link dev.muster.events.dayfile.DayFile} first
 * has its {@link dev.muster.events.dayfile.DurableStore} make the held messages durable, and only then deletes them from the
 * queue. {@link dev.muster.events.dayfile.DayStore} is the store of a day, {@code QuarantineStore} that of poison.
 */
package dev.muster.events.dayfile;
