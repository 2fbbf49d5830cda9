package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.profile.FileProfileStore;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.stats.ExpectedTally;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
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

        assertThat(firstTasks(ProfileStore.NONE, 20)).hasSize(1);
        assertThat(firstTasks(memory("", false), 20)).hasSize(20);
    }

    @Test
    void theListersAreSharedOutByPages() {
        AuditResult.Buckets buckets = new AuditResult.Buckets(
                List.of(named("large", 30), named("small", 10), named("tiny", 0)), Optional.empty());

        List<AuditTask> tasks = plan(ProfileStore.NONE)
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
        ObjectTally narrow =
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

    @Test
    void whereVersionsAreWantedAndNoneAreListedAllObjectsCountAndNothingIsLearned() throws Exception {
        List<String> keys = IntStream.range(0, 3_000)
                .mapToObj(i -> String.format("key-%04d", i))
                .toList();
        FileProfileStore earlier = memory("", true);
        earlier.listed("", FakeS3.BUCKET, new BucketProfile(3_000, keys.subList(1_000, 1_050)));
        earlier.keep();
        try (FakeS3 server = new FakeS3(parameters -> {
                    List<String> rest = keys.stream()
                            .filter(key -> key.compareTo(parameters.getOrDefault("start-after", "")) > 0)
                            .toList();
                    return parameters.containsKey("versions")
                            ? FakeS3.versions(List.of(), false)
                            : FakeS3.objects(rest.stream().limit(100).toList(), rest.size() > 100);
                });
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            for (int run = 0; run < 2; run++) {
                FileProfileStore memory = memory("", true);
                AuditPartial summary =
                        audit.run(audit.scope(true, false), memory).summary();
                memory.keep();

                assertThat(summary.buckets()
                                .get(new BucketId("", FakeS3.BUCKET))
                                .tally()
                                .current()
                                .objects())
                        .isEqualTo(3_000);
                assertThat(memory("", true).recall("", FakeS3.BUCKET)).isEmpty();
            }
        }
    }

    private ObjectTally audit(KeyGenerator keys) throws Exception {
        Estate estate = Estate.of(PracticeBucket.of(BUCKET, keys));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            return audit(cloud, estate, "", false);
        }
    }

    private ObjectTally audit(PracticeCloud cloud, Estate estate, String prefix, boolean versions) throws Exception {
        try (PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            FileProfileStore memory = memory(prefix, versions);
            RunResult<AuditTask, AuditPartial> result = audit.run(
                    audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, prefix, versions, false), memory);
            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures()).isEmpty();
            memory.keep();
            return result.summary().buckets().get(new BucketId(ACCOUNT, BUCKET)).tally();
        }
    }

    private FileProfileStore memory(String prefix, boolean versions) {
        return new FileProfileStore(directory, () -> "", prefix, versions, problem -> {});
    }

    /** What a run begins with in the bucket, when so many listers wait for work. */
    private static List<AuditTask> firstTasks(ProfileStore learning, int listers) {
        AuditResult.NamedBucket bucket = new AuditResult.NamedBucket(
                BUCKET, Optional.of(Estate.REGION), Optional.empty(), learning.recall(ACCOUNT, BUCKET));
        return plan(learning)
                .completed(
                        listBuckets(),
                        new AuditResult.Buckets(List.of(bucket), Optional.empty()),
                        new Demand(listers, 0))
                .next();
    }

    private static AuditResult.NamedBucket named(String bucket, int pages) {
        return new AuditResult.NamedBucket(
                bucket,
                Optional.of(Estate.REGION),
                Optional.empty(),
                pages == 0 ? Optional.empty() : Optional.of(learned(pages)));
    }

    private static BucketProfile learned(int pages) {
        return new BucketProfile(
                pages,
                IntStream.range(0, 50).mapToObj(i -> "key-" + (char) ('0' + i)).toList());
    }

    private static boolean in(AuditTask task, String bucket) {
        return ((AuditTask.InBucket) task).target().bucket().equals(bucket);
    }

    private static AuditTask.ListBuckets listBuckets() {
        return new AuditTask.ListBuckets(ACCOUNT, Optional.empty(), 0);
    }

    private static AuditPlan plan(ProfileStore learning) {
        AuditScope scope = new AuditScope(
                ACCOUNT, Optional.empty(), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        return new AuditPlan(scope, Estate.REGION, 0, learning);
    }
}
