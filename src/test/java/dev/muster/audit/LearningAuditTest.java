package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.learn.BucketMemory;
import dev.muster.audit.learn.LearnedBucket;
import dev.muster.audit.learn.Learning;
import dev.muster.audit.tally.ExpectedTally;
import dev.muster.audit.tally.Tally;
import dev.muster.aws.list.ObjectKey;
import dev.muster.engine.Demand;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeBucket;
import dev.muster.sandbox.PracticeCloud;
import dev.muster.sandbox.keys.DatedLogKeys;
import dev.muster.sandbox.keys.KeyGenerator;
import dev.muster.sandbox.keys.SequentialKeys;
import dev.muster.sandbox.keys.UuidKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningAuditTest {
    private static final String ACCOUNT = "111111111111";
    private static final String BUCKET = "logs";

    @TempDir
    Path directory;

    @Test
    void theSecondRunHasWorkForAllListersAtOnce() throws Exception {
        KeyGenerator keys = new DatedLogKeys(60_000);
        audit(keys);

        assertThat(firstTasks(Learning.NONE, 20)).hasSize(1);
        assertThat(firstTasks(memory("", false), 20)).hasSize(20);
    }

    @Test
    void theListersAreSharedOutByPages() {
        AuditFinding.Buckets buckets = new AuditFinding.Buckets(
                List.of(named("large", 30), named("small", 10), named("tiny", 0)), Optional.empty());

        List<AuditTask> tasks = plan(Learning.NONE)
                .completed(listBuckets(), buckets, new Demand(16, 0))
                .next();

        assertThat(tasks.stream().filter(task -> in(task, "large"))).hasSize(12);
        assertThat(tasks.stream().filter(task -> in(task, "small"))).hasSize(4);
        assertThat(tasks.stream().filter(task -> in(task, "tiny"))).hasSize(1);
    }

    @Test
    void whatHasChangedSinceIsCountedExactly() throws Exception {
        List<KeyGenerator> stages = List.of(
                new SequentialKeys(6_001),
                new UuidKeys(5_003), // other keys altogether
                new UuidKeys(50_011), // ten times as many
                new UuidKeys(0)); // emptied
        for (KeyGenerator keys : stages) {
            assertThat(audit(keys)).isEqualTo(ExpectedTally.of(keys));
        }
    }

    @Test
    void versionsAndPrefixesAreLearnedByThemselves() throws Exception {
        KeyGenerator keys = new SequentialKeys(20_000);
        String prefix = ObjectKey.copyOf(keys.key(12_345)).text().substring(0, 8);
        Tally narrow =
                ExpectedTally.of(keys, i -> ObjectKey.copyOf(keys.key(i)).text().startsWith(prefix));
        Estate estate = Estate.of(PracticeBucket.of(BUCKET, keys));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            for (int run = 0; run < 2; run++) {
                assertThat(audit(cloud, estate, "", true).current().objects()).isEqualTo(20_000);
                assertThat(audit(cloud, estate, prefix, false)).isEqualTo(narrow);
                assertThat(audit(cloud, estate, "", false)).isEqualTo(ExpectedTally.of(keys));
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void damagedFilesCostNoKey() throws Exception {
        KeyGenerator keys = new SequentialKeys(9_001);
        audit(keys);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[100]);
            }
        }
        assertThat(audit(keys)).isEqualTo(ExpectedTally.of(keys));
    }

    private Tally audit(KeyGenerator keys) throws Exception {
        Estate estate = Estate.of(PracticeBucket.of(BUCKET, keys));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            return audit(cloud, estate, "", false);
        }
    }

    private Tally audit(PracticeCloud cloud, Estate estate, String prefix, boolean versions) throws Exception {
        try (PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            BucketMemory memory = memory(prefix, versions);
            RunResult<AuditTask, AuditPartial> result = audit.run(
                    audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, prefix, versions, false), memory);
            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures()).isEmpty();
            memory.keep();
            return result.summary().buckets().get(new BucketId(ACCOUNT, BUCKET)).tally();
        }
    }

    private BucketMemory memory(String prefix, boolean versions) {
        return new BucketMemory(directory, () -> "", prefix, versions, problem -> {});
    }

    /** What a run begins with in the bucket, when so many listers wait for work. */
    private static List<AuditTask> firstTasks(Learning learning, int listers) {
        AuditFinding.NamedBucket bucket = new AuditFinding.NamedBucket(
                BUCKET, Optional.of(Estate.REGION), Optional.empty(), learning.recall(ACCOUNT, BUCKET));
        return plan(learning)
                .completed(
                        listBuckets(),
                        new AuditFinding.Buckets(List.of(bucket), Optional.empty()),
                        new Demand(listers, 0))
                .next();
    }

    private static AuditFinding.NamedBucket named(String bucket, int pages) {
        return new AuditFinding.NamedBucket(
                bucket,
                Optional.of(Estate.REGION),
                Optional.empty(),
                pages == 0 ? Optional.empty() : Optional.of(learned(pages)));
    }

    private static LearnedBucket learned(int pages) {
        return new LearnedBucket(
                pages,
                IntStream.range(0, 50).mapToObj(i -> "key-" + (char) ('0' + i)).toList());
    }

    private static boolean in(AuditTask task, String bucket) {
        return ((AuditTask.InBucket) task).target().bucket().equals(bucket);
    }

    private static AuditTask.ListBuckets listBuckets() {
        return new AuditTask.ListBuckets(ACCOUNT, Optional.empty(), 0);
    }

    private static AuditPlan plan(Learning learning) {
        AuditScope scope = new AuditScope(
                ACCOUNT, Optional.empty(), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        return new AuditPlan(scope, Estate.REGION, 0, learning);
    }
}
