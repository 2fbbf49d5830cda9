package dev.muster.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.BucketFilter;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.HiveKeys;
import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.TaskException;
import dev.muster.inventory.dataset.DatasetFormat;
import dev.muster.inventory.dataset.DirectoryStore;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryDatasetTest {
    private static final int RUNS = 6;
    private static final DatasetFormat LINES = new DatasetFormat(
            InventoryFormat.CSV, InventoryCompression.NONE, List.of(InventoryColumn.BUCKET, InventoryColumn.KEY));
    private static final KeyGenerator HIVE = new HiveKeys(5_007);
    private static final KeyGenerator UUIDS = new UuidKeys(3_003);
    private static final Estate ESTATE = Estate.of(PracticeBucket.of("hive", HIVE), PracticeBucket.of("uuids", UUIDS));

    private final Set<String> unwanted = ConcurrentHashMap.newKeySet();

    @TempDir
    Path home;

    @Test
    void whatTasksHaveWrittenWhoseResultsCameLateOrWereLostNeverGetsIntoADatasetAndIsSwept() throws Exception {
        List<String> expected = expected();
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE)) {
            for (int seed = 0; seed < RUNS; seed++) {
                Path directory = home.resolve("dataset-" + seed);
                try (PracticeInventory inventory =
                        new PracticeInventory(cloud, ESTATE.management(), new DirectoryStore(directory), LINES)) {
                    Random random = new Random(seed);

                    RunResult<InventoryTask, InventoryPartial> result =
                            inventory.run(inventory.scope(BucketFilter.ALL, false), job -> unreliable(job, random));

                    assertThat(result.end()).as("run %d", seed).isEqualTo(new RunEnd.Complete());
                }
                assertThat(lines(directory)).as("rows of run %d", seed).isEqualTo(expected);
                assertThat(directory.resolve("_temporary")).doesNotExist();
                String manifest = Files.readString(directory.resolve("manifest.json"));
                assertThat(unwanted).as("data files of run %d", seed).noneMatch(manifest::contains);
            }
        }
        assertThat(unwanted).hasSizeGreaterThanOrEqualTo(RUNS);
    }

    /** The job, whose tasks are now and then done twice, or for nothing. */
    private Job<InventoryTask, InventoryResult, InventoryPartial> unreliable(
            Job<InventoryTask, InventoryResult, InventoryPartial> job, Random random) {
        return new Job<>(
                job.name(),
                job.arguments(),
                job.plan(),
                new Unreliable(job.executor(), random),
                job.summary(),
                job.output(),
                job.taskType(),
                job.partialType());
    }

    /**
     * Loses one result in six, and gets another one in six from a second doing of the task; one of the two is done to the
     * first data file.
     */
    private final class Unreliable implements Executor<InventoryTask, InventoryResult> {
        private final Executor<InventoryTask, InventoryResult> executor;
        private final Random random;
        private final AtomicBoolean spared = new AtomicBoolean(true);

        Unreliable(Executor<InventoryTask, InventoryResult> executor, Random random) {
            this.executor = executor;
            this.random = random;
        }

        @Override
        public CompletableFuture<InventoryResult> execute(InventoryTask task) {
            boolean firstFile = task instanceof InventoryTask.WritePart && spared.getAndSet(false);
            int kind = random.nextInt(firstFile ? 2 : 6);
            CompletableFuture<InventoryResult> first = executor.execute(task);
            return switch (kind) {
                case 0 ->
                    first.thenCompose(result -> {
                        note(result);
                        return CompletableFuture.failedFuture(new TaskException(
                                new Failure(Failure.Kind.TRANSIENT, "LostLease", "the result came late")));
                    });
                case 1 ->
                    first.thenCompose(result -> {
                        note(result);
                        return executor.execute(task);
                    });
                default -> first;
            };
        }

        private void note(InventoryResult late) {
            if (late instanceof InventoryResult.Written written) {
                unwanted.add(written.part().id());
            }
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    private static List<String> expected() {
        List<String> rows = new ArrayList<>();
        for (long index = 0; index < HIVE.size(); index++) {
            rows.add("\"hive\",\"" + new String(HIVE.key(index), UTF_8).replace("=", "%3D") + '"');
        }
        for (long index = 0; index < UUIDS.size(); index++) {
            rows.add("\"uuids\",\"" + new String(UUIDS.key(index), UTF_8) + '"');
        }
        return rows;
    }

    private static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("data")).sorted()) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
