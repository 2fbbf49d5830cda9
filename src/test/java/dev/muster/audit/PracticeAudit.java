package dev.muster.audit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.stats.Ranking;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeCloud;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Job;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.store.MemoryCheckpointStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Audits an endpoint within this process, with pauses so short that many faults cost a test little time. */
public final class PracticeAudit implements AutoCloseable {
    /** What ages are relative to, so that their histogram is the same every day. */
    public static final Instant AS_OF = Instant.parse("2026-01-01T00:00:00Z");

    public static final int LIST_LIMIT = 7;
    static final TopListSettings ALL_LISTS = new TopListSettings(EnumSet.allOf(Ranking.class), LIST_LIMIT);

    /** As many requests as there are connections. */
    static final int WORKERS = 8;

    private static final long MOST_SECONDS = 120;
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final Config CONFIG = ConfigFactory.parseString("muster.workers = " + WORKERS
                    + ", muster.engine { max-attempts = 30, backoff { base = 1ms, cap = 20ms },"
                    + " restart { min = 1ms, max = 5ms } }")
            .withFallback(ConfigFactory.load());

    private final AwsClients clients;
    private final String caller;

    private PracticeAudit(URI endpoint, AccessKeys keys, String caller, Timeouts timeouts) {
        this.clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(keys),
                Optional.of(Estate.REGION),
                Optional.of(endpoint),
                Map.of(),
                true,
                false,
                timeouts,
                WORKERS));
        this.caller = caller;
    }

    static PracticeAudit of(PracticeCloud cloud, PracticeAccount account) {
        AccessKeys keys = new AccessKeys(account.accessKeyId(), account.secretAccessKey(), Optional.empty());
        return new PracticeAudit(cloud.endpoint(), keys, account.id(), TIMEOUTS);
    }

    /** An audit of a server that knows no accounts. */
    static PracticeAudit of(URI endpoint) {
        return of(endpoint, TIMEOUTS);
    }

    static PracticeAudit of(URI endpoint, Timeouts timeouts) {
        return new PracticeAudit(endpoint, new AccessKeys("key", "secret", Optional.empty()), "", timeouts);
    }

    /** The caller's own buckets; with everything there is to count if so wanted. */
    AuditScope scope(boolean versions, boolean uploads) {
        return scope(Optional.empty(), List.of(), BucketFilter.ALL, "", versions, uploads);
    }

    AuditScope scope(
            Optional<String> role,
            List<String> accounts,
            BucketFilter buckets,
            String prefix,
            boolean versions,
            boolean uploads) {
        return new AuditScope(
                caller, role, accounts, buckets, prefix, versions, uploads, false, Duration.ofSeconds(15));
    }

    /** The same with the directory buckets of the home region. */
    static AuditScope withDirectoryBuckets(AuditScope scope) {
        return new AuditScope(
                scope.caller(),
                scope.roleName(),
                scope.accounts(),
                scope.buckets(),
                scope.prefix(),
                scope.versions(),
                scope.uploads(),
                true,
                scope.timeout());
    }

    /** Runs an audit to its end without a checkpoint worth the name. */
    RunResult<AuditTask, AuditPartial> run(AuditScope scope) throws Exception {
        return end(start(scope, new MemoryCheckpointStore(new MemoryCheckpointStore.Memory())));
    }

    /** Runs an audit to its end that counts what a bill needs. */
    RunResult<AuditTask, AuditPartial> forBill(AuditScope scope) throws Exception {
        TopListSettings lists = new TopListSettings(Set.of(), 0, BreakdownSettings.NONE, true);
        CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        return end(LocalRun.start(CONFIG, job(scope, lists, ProfileStore.NONE), EngineSettings.from(CONFIG), store));
    }

    /** Runs an audit to its end that learns from earlier ones. */
    RunResult<AuditTask, AuditPartial> run(AuditScope scope, ProfileStore learning) throws Exception {
        CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        return end(LocalRun.start(CONFIG, job(scope, learning), EngineSettings.from(CONFIG), store));
    }

    LocalRun<AuditTask, AuditResult, AuditPartial> start(AuditScope scope, CheckpointStore store) {
        return LocalRun.start(CONFIG, job(scope, ProfileStore.NONE), EngineSettings.from(CONFIG), store);
    }

    LocalRun<AuditTask, AuditResult, AuditPartial> resume(AuditScope scope, CheckpointStore store) throws Exception {
        return LocalRun.resume(CONFIG, job(scope, ProfileStore.NONE), EngineSettings.from(CONFIG), store);
    }

    /** Waits for a run's end and closes it. */
    static RunResult<AuditTask, AuditPartial> end(LocalRun<AuditTask, AuditResult, AuditPartial> run) throws Exception {
        try (run) {
            CompletableFuture<RunResult<AuditTask, AuditPartial>> result =
                    run.result().toCompletableFuture();
            return result.get(MOST_SECONDS, TimeUnit.SECONDS);
        }
    }

    AuditExecutor executor(AuditScope scope) {
        return new AuditExecutor(clients, scope, ALL_LISTS, ProfileStore.NONE);
    }

    private Job<AuditTask, AuditResult, AuditPartial> job(AuditScope scope, ProfileStore learning) {
        return job(scope, ALL_LISTS, learning);
    }

    private Job<AuditTask, AuditResult, AuditPartial> job(
            AuditScope scope, TopListSettings lists, ProfileStore learning) {
        Job<AuditTask, AuditResult, AuditPartial> job = AuditJob.of("audit", scope, lists, clients, Map.of(), learning);
        return new Job<>(
                job.name(),
                job.arguments(),
                new AuditPlan(scope, Estate.REGION, AS_OF.toEpochMilli(), learning),
                job.executor(),
                job.summary(),
                job.output(),
                job.taskType(),
                job.partialType());
    }

    @Override
    public void close() {
        clients.close();
    }
}
