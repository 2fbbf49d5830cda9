/**
 * The engine: runs a job's tasks on workers, merges their results, and survives the death of any part.
 *
 * <p>Read it in this order: {@link dev.muster.engine.Job}, {@link dev.muster.engine.Plan},
 * {@link dev.muster.engine.Executor}, {@link dev.muster.engine.Summary}: a job's part. {@link dev.muster.engine.Scheduler}
 * over {@code TaskQueue}, {@code LeaseTable}, {@code WorkerPool}: all decisions, in plain Java, with time passed in as a
 * number. {@link dev.muster.engine.Coordinator}, {@link dev.muster.engine.Worker}, {@code Aggregator}: the actors that
 * carry them out. {@link dev.muster.engine.LocalRun} puts them together in one process.
 *
 * <h2>One task</h2>
 *
 * <pre>
 * Worker                    Coordinator (Scheduler)               Aggregator
 *   | -- Pull ------------------&gt; |                                   |
 *   | &lt;----- Assign(lease 7, A) - | lease 7 in force: A is leased     |
 *   | -- Completed(7, result) --&gt; | Plan: result -&gt; partial a, B, C   |
 *   |                             | A settled, B and C queued         |
 *   |                             | -- Merge(a) --------------------&gt; | summary + a
 *   |                             | -- TakeCheckpoint([B, C]) ------&gt; | writes {summary, [B, C]}
 * </pre>
 *
 * <p>The scheduler settles A, queues B and C, and emits the merge while it handles one message; no other message comes
 * between them. The aggregator gets {@code Merge} and {@code TakeCheckpoint} in the order in which they were sent. So a
 * checkpoint holds either A as outstanding and no a, or a and B and C; never half of it.
 *
 * <h2>Deaths</h2>
 *
 * <ul>
 *   <li>The worker dies before its result arrives: its death, its silence at the next pull, or the lease's deadline ends
 *       lease 7, A goes back on the queue, and another worker does it under lease 8. Should the first result still come,
 *       lease 7 is over and the result is counted as late and dropped.
 *   <li>The worker dies <em>between its result and the next checkpoint</em>: nothing happens. Its result belongs to the
 *       coordinator and the aggregator from the message on; the worker holds no lease, and nothing goes back.
 *   <li>The process of the coordinator and the aggregator dies between the result and the next checkpoint: a is lost, and
 *       so are B and C. The last checkpoint still has A as outstanding, so the resumed run does A again and gets a, B and
 *       C from that. Results under leases of the dead coordinator are late: leases begin with its successor's epoch.
 *   <li>The coordinator is thought dead but lives: its epoch is old, so its next checkpoint is refused and its run halts.
 * </ul>
 *
 * <p>What is repeated is at most the work since the last checkpoint; what is merged is each task's partial, once.
 *
 * <h2>Invariants</h2>
 *
 * <p>Code cites them by number where it keeps them; 7 to 10 are kept by the jobs and the command line.
 *
 * <ol>
 *   <li><b>Nothing is lost.</b> Every seeded or continued task ends completed or abandoned; abandoned ones are named in the
 *       report, and the exit code says that the result is incomplete. A run ends when no task is queued, delayed or
 *       leased, never because the queue looks empty.
 *   <li><b>Nothing counts twice.</b> A result is accepted only while its task is outstanding under that lease; its partial
 *       and its follow-up tasks are taken together, in one step. A late or repeated result changes nothing.
 *   <li><b>One place retries.</b> Neither an executor nor an SDK client does; the scheduler does, by
 *       {@link dev.muster.engine.Failure.Kind}.
 *   <li><b>Pull only.</b> A worker holds at most one task. Memory grows with workers, open buckets and open days, never
 *       with objects, events or accounts, and is bounded in bytes wherever others decide how much arrives.
 *   <li><b>A checkpoint is a consistent cut.</b> Coordinator to aggregator is one ordered channel; what is merged and what
 *       is outstanding belong to the same instant. A checkpoint lives until its result is complete and delivered.
 *   <li><b>Only one coordinator writes.</b> A checkpoint is written with a fencing epoch, to a store that was seen to
 *       honour the condition.
 *   <li><b>Deletes come last.</b> A queue's message is deleted only after the file that holds it is durable, and was seen
 *       to be what was sent.
 *   <li><b>Byte order.</b> S3 orders keys by unsigned UTF-8 bytes. Keys are compared so, never with
 *       {@code String.compareTo}.
 *   <li><b>stdout is data, stderr is talk.</b> Progress, warnings and errors never mix with results.
 *   <li><b>Doubt is not an answer.</b> What a server says is checked against what else it has said. One odd entry costs
 *       that entry, named; what cannot be known is null with a reason; what contradicts itself is asked again and then
 *       reported.
 * </ol>
 */
package dev.muster.engine;
