/** Backfill: turns metric log lines into the messages that would have been sent when they were written. */
package dev.muster.events.backfill;
