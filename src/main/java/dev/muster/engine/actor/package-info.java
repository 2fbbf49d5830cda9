/** The engine's actors: thin, they carry out what {@link dev.muster.engine.queue.Scheduler} decides. */
package dev.muster.engine.actor;
