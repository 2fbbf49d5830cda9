package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.audit.stats.ExpectedTally;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.FileCheckpointStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditResumeTest {
    private static final KeyGenerator DATED = new DatedLogKeys(40_009);
    private static final KeyGenerator UUIDS = new UuidKeys(30_011);
    private static final Estate ESTATE =
            Estate.of(PracticeBucket.of("dated", DATED), PracticeBucket.of("uuids", UUIDS));
    private static final int MOST_ROUNDS = 60;

    @TempDir
    Path checkpoint;

    @Test
    void stoppedAgainAndAgainAndResumedTheTotalsAreExact() throws Exception {
        Random random = new Random(42);
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE)) {
            cloud.faults()
                    .set(FaultProfile.NONE
                            .withLatency(Latency.fixed(Duration.ofMillis(5)))
                            .withErrorRate(0.02));
            RunResult<AuditTask, AuditPartial> result = round(cloud, random, false);
            int stops = 0;
            while (result.end() instanceof RunEnd.Interrupted && stops < MOST_ROUNDS) {
                stops++;
                assertThat(result.checkpoint()).contains(checkpoint.toString());
                assertThat(result.outstanding()).isNotEmpty();
                result = round(cloud, random, true);
            }

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(stops).as("interruptions").isGreaterThan(2);
            assertThat(result.summary().failures()).isEmpty();
            assertThat(result.summary().buckets().values())
                    .extracting(BucketStats::tally)
                    .containsExactly(ExpectedTally.of(DATED), ExpectedTally.of(UUIDS));
            assertThat(result.summary().bucketsDone()).isEqualTo(2);
        }
    }

    @Test
    void aCheckpointOfOtherArgumentsIsRefused() throws Exception {
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE);
                PracticeAudit audit = PracticeAudit.of(cloud, ESTATE.management());
                FileCheckpointStore store = FileCheckpointStore.open(checkpoint)) {
            cloud.faults().set("s3", FaultProfile.NONE.withHangRate(1));
            LocalRun<AuditTask, AuditResult, AuditPartial> run = audit.start(audit.scope(false, false), store);
            run.stop();
            assertThat(PracticeAudit.end(run).end()).isEqualTo(new RunEnd.Interrupted());

            AuditScope other = audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, "logs/", false, false);
            assertThatThrownBy(() -> audit.resume(other, store))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("prefix was not set, is logs/");
        }
    }

    /** Runs until it is over, or until some more pages were asked for and the run is stopped. */
    private RunResult<AuditTask, AuditPartial> round(PracticeCloud cloud, Random random, boolean resume)
            throws Exception {
        try (PracticeAudit audit = PracticeAudit.of(cloud, ESTATE.management());
                FileCheckpointStore store = FileCheckpointStore.open(checkpoint)) {
            AuditScope scope = audit.scope(false, false);
            long stopAt = cloud.counts().total() + 1 + random.nextInt(20);
            LocalRun<AuditTask, AuditResult, AuditPartial> run =
                    resume ? audit.resume(scope, store) : audit.start(scope, store);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> cloud.counts().total() >= stopAt
                            || run.result().toCompletableFuture().isDone());
            run.stop();
            return PracticeAudit.end(run);
        }
    }
}
