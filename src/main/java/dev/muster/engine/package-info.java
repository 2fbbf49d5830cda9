/**
 * What the coordinator decides, as plain Java: which task goes to which worker, when a failed one is tried again, how fast
 * a resource is used. Time is a number that callers pass in: nanoseconds of one monotonic clock.
 */
package dev.muster.engine;
