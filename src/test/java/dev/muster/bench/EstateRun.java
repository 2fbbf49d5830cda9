package dev.muster.bench;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditResult;
import dev.muster.audit.AuditTask;
import dev.muster.engine.Checkpoint;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Executor;
import dev.muster.engine.Job;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.store.MemoryCheckpointStore;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cost of an audit of a {@link GeneratedEstate} in this process.
 *
 * @param megabytesHalfway heap in use when half of the pages had been requested
 * @param megabytesAtEnd heap in use while the result is held
 * @param checkpointSeconds time to write a checkpoint that holds the result
 */
record EstateRun(
        double wallSeconds,
        double cpuSeconds,
        double megabytesHalfway,
        double megabytesAtEnd,
        double checkpointMegabytes,
        double checkpointSeconds) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int WORKERS = 64;

    private static final class Halfway implements Executor<AuditTask, AuditResult> {
        private final GeneratedEstate estate;
        private final long half;
        private final AtomicLong listed = new AtomicLong();
        private volatile double megabytes;
        private volatile double seconds;

        Halfway(GeneratedEstate estate, long half) {
            this.estate = estate;
            this.half = half;
        }

        @Override
        public CompletableFuture<AuditResult> execute(AuditTask task) {
            if (task instanceof AuditTask.ListRange && listed.incrementAndGet() == half) {
                double before = cpuSecondsOfProcess();
                megabytes = heapMegabytes();
                seconds = cpuSecondsOfProcess() - before;
            }
            return estate.execute(task);
        }
    }

    static EstateRun of(int buckets, long keysPerBucket) throws Exception {
        double before = heapMegabytes();
        long pages = Math.max(buckets, buckets * keysPerBucket / 1000);
        Halfway halfway = new Halfway(new GeneratedEstate(buckets, keysPerBucket), pages / 2);
        Job<AuditTask, AuditResult, AuditPartial> job = GeneratedEstate.audit(halfway);
        Config config = GeneratedEstate.config(WORKERS);
        long begin = System.nanoTime();
        double cpu = cpuSecondsOfProcess();
        RunResult<AuditTask, AuditPartial> result = run(config, job);
        cpu = cpuSecondsOfProcess() - cpu - halfway.seconds;
        double wall = (System.nanoTime() - begin) / 1e9;
        long counted = result.summary().buckets().values().stream()
                .mapToLong(bucket -> bucket.tally().current().objects())
                .sum();
        if (counted != buckets * keysPerBucket) {
            throw new IllegalStateException(counted + " objects were counted of " + buckets * keysPerBucket);
        }
        double atEnd = heapMegabytes();
        long saves = System.nanoTime();
        long bytes = checkpointBytes(job, result);
        return new EstateRun(
                wall, cpu, halfway.megabytes - before, atEnd - before, bytes / 1e6, (System.nanoTime() - saves) / 1e9);
    }

    private static RunResult<AuditTask, AuditPartial> run(Config config, Job<AuditTask, AuditResult, AuditPartial> job)
            throws Exception {
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<AuditTask, AuditResult, AuditPartial> run =
                LocalRun.start(config, job, EngineSettings.from(config), store)) {
            return run.result().toCompletableFuture().get();
        }
    }

    private static long checkpointBytes(
            Job<AuditTask, AuditResult, AuditPartial> job, RunResult<AuditTask, AuditPartial> result)
            throws IOException {
        Checkpoint<AuditTask, AuditPartial> checkpoint =
                new Checkpoint<>(result.startedAt(), 0, result.stats(), List.of(), result.summary(), 0);
        CountingStream bytes = new CountingStream();
        new CheckpointCodec<>(job).encode(checkpoint, bytes);
        return bytes.count;
    }

    private static final class CountingStream extends OutputStream {
        private long count;

        @Override
        public void write(int next) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }

    private static double cpuSecondsOfProcess() {
        return PROCESS.getProcessCpuTime() / 1e9;
    }

    private static double heapMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
