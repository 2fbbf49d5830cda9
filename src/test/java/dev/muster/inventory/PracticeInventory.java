package dev.muster.inventory;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.audit.AuditScope;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.ObjectFilter;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.profile.ProfileStore;
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
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.inventory.dataset.DatasetFormat;
import dev.muster.inventory.dataset.DatasetStore;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryFormat;
import dev.muster.store.MemoryCheckpointStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Inventories of an endpoint within this process, with pauses so short that many faults cost a test little time. */
final class PracticeInventory implements AutoCloseable {
    static final DatasetFormat PARQUET =
            new DatasetFormat(InventoryFormat.PARQUET, InventoryCompression.ZSTD, List.of(InventoryColumn.values()));

    private static final int WORKERS = 8;
    private static final long MOST_SECONDS = 120;
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final Config CONFIG = ConfigFactory.parseString("muster.workers = " + WORKERS
                    + ", muster.engine { max-attempts = 30, backoff { base = 1ms, cap = 20ms },"
                    + " restart { min = 1ms, max = 5ms } }")
            .withFallback(ConfigFactory.load());

    private final AwsClients clients;
    private final String caller;
    private final InventoryDataset dataset;

    PracticeInventory(PracticeCloud cloud, PracticeAccount account, DatasetStore store, DatasetFormat format) {
        this(cloud, account, new InventoryDataset(store, format));
    }

    PracticeInventory(PracticeCloud cloud, PracticeAccount account, InventoryDataset dataset) {
        AccessKeys keys = new AccessKeys(account.accessKeyId(), account.secretAccessKey(), Optional.empty());
        this.clients = clients(cloud.endpoint(), keys);
        this.caller = account.id();
        this.dataset = dataset;
    }

    static AwsClients clients(URI endpoint, AccessKeys keys) {
        return new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(keys),
                Optional.of(Estate.REGION),
                Optional.of(endpoint),
                Map.of(),
                true,
                false,
                TIMEOUTS,
                WORKERS));
    }

    InventoryDataset dataset() {
        return dataset;
    }

    AuditScope scope(BucketFilter buckets, boolean versions) {
        return new AuditScope(
                caller,
                Optional.empty(),
                List.of(),
                buckets,
                "",
                versions,
                false,
                false,
                Duration.ofSeconds(15),
                ObjectFilter.NONE);
    }

    Job<InventoryTask, InventoryResult, InventoryPartial> job(AuditScope scope) {
        return InventoryJob.of(scope, new TopListSettings(Set.of(), 0), clients, Map.of(), ProfileStore.NONE, dataset);
    }

    /** Lists everything and publishes the dataset. */
    RunResult<InventoryTask, InventoryPartial> run(AuditScope scope) throws Exception {
        return run(scope, job -> job);
    }

    /** Lists everything by a changed job, and publishes the dataset. */
    RunResult<InventoryTask, InventoryPartial> run(
            AuditScope scope, UnaryOperator<Job<InventoryTask, InventoryResult, InventoryPartial>> change)
            throws Exception {
        dataset.begin("", false);
        CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        return publish(scope, LocalRun.start(CONFIG, change.apply(job(scope)), EngineSettings.from(CONFIG), store));
    }

    /** Lists everything and publishes nothing. */
    RunResult<InventoryTask, InventoryPartial> list(BucketFilter buckets) throws Exception {
        try (LocalRun<InventoryTask, InventoryResult, InventoryPartial> run =
                start(scope(buckets, false), new MemoryCheckpointStore(new MemoryCheckpointStore.Memory()))) {
            return run.result().toCompletableFuture().get(MOST_SECONDS, TimeUnit.SECONDS);
        }
    }

    LocalRun<InventoryTask, InventoryResult, InventoryPartial> start(AuditScope scope, CheckpointStore store) {
        return LocalRun.start(CONFIG, job(scope), EngineSettings.from(CONFIG), store);
    }

    LocalRun<InventoryTask, InventoryResult, InventoryPartial> resume(AuditScope scope, CheckpointStore store)
            throws Exception {
        return LocalRun.resume(CONFIG, job(scope), EngineSettings.from(CONFIG), store);
    }

    /** Waits for a run's end, and publishes the dataset if it came to its own. */
    RunResult<InventoryTask, InventoryPartial> publish(
            AuditScope scope, LocalRun<InventoryTask, InventoryResult, InventoryPartial> run) throws Exception {
        try (run) {
            RunResult<InventoryTask, InventoryPartial> result =
                    run.result().toCompletableFuture().get(MOST_SECONDS, TimeUnit.SECONDS);
            if (result.end() instanceof RunEnd.Complete) {
                boolean complete = job(scope).summary().complete(result.summary());
                var unused = dataset.publish(result.summary(), complete, result.startedAt());
            }
            return result;
        }
    }

    @Override
    public void close() {
        dataset.close();
        clients.close();
    }
}
