/**
 * The work engine: a coordinator that owns the queue, workers that pull one task at a time, and an aggregator
 * that merges what they found. It knows no AWS; a job knows no actors and brings a {@link dev.muster.engine.Plan},
 * an {@link dev.muster.engine.Executor} and a {@link dev.muster.engine.Summary}.
 *
 * <p>Invariants, cited in the code by number:
 * <ol>
 *   <li>Nothing is lost: every task ends completed or abandoned, and a run ends only when none is outstanding.
 *   <li>Nothing counts twice: an outcome is accepted only under an outstanding lease, partial and follow-ups in one step.
 *   <li>One place retries: the coordinator, by class of failure.
 *   <li>Pull only: a worker holds at most one task.
 *   <li>A checkpoint is a consistent cut.
 *   <li>Only one coordinator writes.
 * </ol>
 */
package dev.muster.engine;
