/**
 * Limits of how many tasks run at once and how fast: concurrency by hill climbing, token buckets, hedging, backoff. Pure;
 * times are nanoseconds of one monotonic clock.
 */
package dev.muster.engine.limit;
