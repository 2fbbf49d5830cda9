package dev.muster.bench;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditSummary;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketFilter;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.engine.Scheduler;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A coordinator without actors, whose workers on other nodes list one bucket in virtual time: what its node does for a page is to
 * decode the result, to decide, to merge, and to encode the next task.
 */
final class SimulatedNodes {
    private static final long KEYS_PER_PAGE = 1000;
    private static final long MILLISECOND = 1_000_000L;

    private record Answer(long at, WorkerId worker, long lease, Payload task) {}

    private final GeneratedEstate estate;
    private final Random random = new Random(1);
    private final PayloadCodec<AuditTask> tasks = new PayloadCodec<>(AuditTask.class);
    private final PayloadCodec<AuditResult> results = new PayloadCodec<>(AuditResult.class);
    private final AuditSummary summary = new AuditSummary(0, BucketFilter.ALL);
    private final Scheduler<AuditTask, AuditResult, AuditPartial> scheduler =
            SchedulerLoad.scheduler(GeneratedEstate.plan());
    private final PriorityQueue<Answer> answers = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    private AuditPartial merged = summary.empty();
    private long cpuNanos;
    private long now;
    private boolean finished;

    private SimulatedNodes(long pages) {
        estate = new GeneratedEstate(1, pages * KEYS_PER_PAGE);
    }

    /** Lists a bucket; returns the seconds of CPU time that the coordinator's node took. */
    static double cpuOfPages(int nodes, int workersPerNode, long pages) throws IOException {
        SimulatedNodes simulation = new SimulatedNodes(pages);
        simulation.run(nodes, workersPerNode);
        long counted = simulation.summary.counts(simulation.merged).get("objects");
        if (counted != pages * KEYS_PER_PAGE) {
            throw new IllegalStateException(counted + " objects were counted of " + pages * KEYS_PER_PAGE);
        }
        return simulation.cpuNanos / 1e9;
    }

    private void run(int nodes, int workersPerNode) throws IOException {
        carryOut(scheduler.start(now));
        for (int node = 0; node < nodes; node++) {
            for (int worker = 0; worker < workersPerNode; worker++) {
                carryOut(scheduler.pull(new WorkerId("node-" + node, worker), 0, now));
            }
        }
        while (!finished) {
            Answer answer = answers.poll();
            if (answer == null) {
                now = scheduler.wakeAt(now);
                carryOut(scheduler.tick(now));
                continue;
            }
            now = Math.max(now, answer.at());
            Payload result = results.encode(estate.answer(tasks.decode(answer.task())));
            long before = SchedulerLoad.cpuNanos();
            carryOut(scheduler.completed(answer.worker(), answer.lease(), results.decode(result), now));
            cpuNanos += SchedulerLoad.cpuNanos() - before;
        }
    }

    private void carryOut(List<Action<AuditTask, AuditPartial>> actions) throws IOException {
        for (Action<AuditTask, AuditPartial> action : actions) {
            if (action instanceof Action.Assign<AuditTask, AuditPartial> assign) {
                long took = 40 * MILLISECOND + random.nextInt(20 * (int) MILLISECOND);
                answers.add(new Answer(now + took, assign.worker(), assign.lease(), tasks.encode(assign.work())));
            } else if (action instanceof Action.Merge<AuditTask, AuditPartial> merge) {
                merged = summary.merge(merged, merge.partial());
            } else if (action instanceof Action.Finish<AuditTask, AuditPartial>) {
                finished = true;
            }
        }
    }
}
