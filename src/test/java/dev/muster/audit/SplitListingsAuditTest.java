package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.UploadSum;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SplitListingsAuditTest {
    private static final Instant THEN = Instant.parse("2025-06-01T00:00:00Z");
    private static final FaultProfile SHORT_PAGES =
            FaultProfile.NONE.withShortPageRate(0.9).withErrorRate(0.02);
    private static final int UPLOADS = 1_100;

    /** Pages end anywhere: within a key's versions and uploads, at the end of a range, and both. */
    @Property(tries = 2)
    void everyVersionAndUploadIsCountedOnceWhereverPagesAndRangesEnd(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        ExpectedVersions expected = new ExpectedVersions();
        List<StoredObject> versions = new ArrayList<>();
        for (int key = 0; key < 400; key++) {
            versions.addAll(expected.versions(key(random, key), random));
        }
        PendingUpload[] uploads = IntStream.range(0, UPLOADS)
                .mapToObj(i -> new PendingUpload(key(random, i % 37), THEN, List.of(1L + i)))
                .toArray(PendingUpload[]::new);
        PracticeBucket bucket = PracticeBucket.of("split", versions.toArray(StoredObject[]::new))
                .keepingVersions()
                .with(uploads);
        Estate estate = Estate.of(bucket);
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            cloud.faults().seed(seed);
            cloud.faults().set(SHORT_PAGES);
            RunResult<AuditTask, AuditPartial> result = audit.run(audit.scope(true, true));

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures()).isEmpty();
            ObjectTally tally =
                    result.summary().buckets().values().iterator().next().tally();
            assertThat(tally.current()).isEqualTo(expected.current);
            assertThat(tally.noncurrent()).isEqualTo(expected.noncurrent);
            assertThat(tally.deleteMarkers()).isEqualTo(expected.deleteMarkers);
            assertThat(tally.uploads())
                    .isEqualTo(new UploadSum(UPLOADS, UPLOADS * (UPLOADS + 1L) / 2, THEN.toEpochMilli()));
        }
    }

    /** As moto does: behind a key marker that does not exist, the first version is left out, though not its key. */
    @Test
    void aVersionThatIsLeftOutBehindACutIsMissed() throws Exception {
        List<String> keys =
                IntStream.range(0, 3_000).mapToObj("k%05d"::formatted).toList();
        List<List<String>> versions = keys.stream()
                .flatMap(key -> Stream.of(List.of(key, "v2"), List.of(key, "v1")))
                .toList();
        try (FakeS3 server = new FakeS3(parameters -> {
                    List<String> marker = List.of(
                            parameters.getOrDefault("key-marker", ""),
                            parameters.getOrDefault("version-id-marker", ""));
                    int at = versions.indexOf(marker);
                    int from = at < 0 ? skipping(keys, marker.get(0)) : at + 1;
                    int to = Math.min(versions.size(), from + 100);
                    return FakeS3.versions(versions.subList(from, to), to < versions.size())
                            .replace("v2</VersionId><IsLatest>false", "v2</VersionId><IsLatest>true");
                });
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            RunResult<AuditTask, AuditPartial> result = audit.run(audit.scope(true, false));

            assertThat(result.summary().failures()).isEmpty();
            ObjectTally tally =
                    result.summary().buckets().values().iterator().next().tally();
            assertThat(tally.current().objects()).isEqualTo(3_000);
            assertThat(tally.noncurrent().objects()).isEqualTo(3_000);
        }
    }

    private static int skipping(List<String> keys, String marker) {
        int index = Collections.binarySearch(keys, marker);
        return marker.isEmpty() ? 0 : index >= 0 ? 2 * index + 2 : Math.min(2 * keys.size(), 2 * (-index - 1) + 1);
    }

    @Test
    void whatIsLeftOfManyUploadsIsCutForIdleListersWithoutAGap() {
        List<AuditTask.ListUploads> parts = partsOfManyUploads();

        assertThat(parts).hasSizeGreaterThan(1);
        String from = parts.get(0).range().after();
        for (AuditTask.ListUploads part : parts) {
            assertThat(part.range().after()).isEqualTo(from);
            from = part.range().upTo();
        }
        assertThat(from).as("to the end").isEmpty();
    }

    @Test
    void theUploadsOfTheKeyThatAPageEndsAtGoOnInTheFirstPartOnly() {
        List<AuditTask.ListUploads> parts = partsOfManyUploads();

        assertThat(parts.get(0).marker())
                .contains(new AuditTask.Marker(parts.get(0).range().after(), "upload"));
        assertThat(parts.subList(1, parts.size()))
                .allMatch(part -> part.marker().isEmpty());
    }

    @Test
    void aCheckpointHoldsTheChecksOfCutsOfWhichTheLeftSideAloneWasHeard() {
        BucketLocation target = new BucketLocation("", "bucket", Estate.REGION, false, 0);
        AuditScope scope = new AuditScope(
                "", Optional.empty(), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        AuditPlan plan = new AuditPlan(scope, Estate.REGION, 0, ProfileStore.NONE);
        AuditTask.ListRange whole = new AuditTask.ListRange(target, KeyRange.ALL);
        List<String> sample = IntStream.range(0, 10)
                .mapToObj(i -> String.format("%08x", 0x0071_7377 * i))
                .toList();
        plan.resumed(List.of(whole));
        AuditTask.ListRange left = plan
                .completed(whole, objects(new ListedPage(1000, sample, true), Optional.empty()), new Demand(8, 0))
                .next()
                .stream()
                .filter(AuditTask.ListRange.class::isInstance)
                .map(AuditTask.ListRange.class::cast)
                .filter(list -> list.range().bounded())
                .findFirst()
                .orElseThrow();
        assertThat(plan.tasksOfMemory()).isEmpty();

        plan.completed(left, objects(new ListedPage(1, List.of("0ff"), false), Optional.of("f")), new Demand(0, 0));

        assertThat(plan.tasksOfMemory())
                .containsExactly(new AuditTask.CheckCut(
                        target, AuditTask.Listing.OBJECTS, "0ff", left.range().upTo()));
    }

    private static AuditResult.Objects objects(ListedPage page, Optional<String> beyond) {
        Optional<String> last = Optional.of(page.sample().get(page.sample().size() - 1));
        RangeEdges edges = new RangeEdges(Optional.of(page.sample().get(0)), last, beyond, false);
        return new AuditResult.Objects(ObjectTally.NONE, page, edges, Optional.empty(), false);
    }

    /** Lists pages, each of which ends within a key's uploads, until the rest is cut. */
    private static List<AuditTask.ListUploads> partsOfManyUploads() {
        AuditScope scope = new AuditScope(
                "", Optional.empty(), List.of(), BucketFilter.ALL, "", false, true, false, Duration.ofSeconds(1));
        BucketLocation target = new BucketLocation("", "bucket", Estate.REGION, false, 0);
        AuditPlan plan = new AuditPlan(scope, Estate.REGION, 0, ProfileStore.NONE);
        List<AuditTask.ListUploads> parts = List.of(new AuditTask.ListUploads(target, KeyRange.ALL, Optional.empty()));
        plan.resumed(List.copyOf(parts));
        for (int number = 0; number < 10 && parts.size() == 1; number++) {
            int page = number;
            List<String> sample = IntStream.range(0, 10)
                    .mapToObj(i -> String.format("%08x", 0x0500_0000 * page + 0x0071_7377 * i))
                    .toList();
            AuditResult.Uploads found = new AuditResult.Uploads(
                    ObjectTally.NONE,
                    new ListedPage(1000, sample, true),
                    new RangeEdges(Optional.of(sample.get(0)), Optional.of(sample.get(9)), Optional.empty(), false),
                    Optional.empty(),
                    Optional.of(new AuditTask.Marker(sample.get(9), "upload")),
                    List.of(),
                    false);
            parts = plan.completed(parts.get(0), found, new Demand(32, 0)).next().stream()
                    .map(AuditTask.ListUploads.class::cast)
                    .toList();
        }
        return parts;
    }

    private static String key(Random random, int index) {
        return switch (index % 3) {
            case 0 -> "dir-" + index % 7 + "/" + index;
            case 1 -> "ключ/" + index;
            default -> Integer.toHexString(random.nextInt()) + "/" + index;
        };
    }

    /** Adds up versions as they are made. */
    private static final class ExpectedVersions {
        private ObjectSum current = ObjectSum.NONE;
        private ObjectSum noncurrent = ObjectSum.NONE;
        private long deleteMarkers;

        /** The versions of a key, the oldest first: mostly few, at times more than a page holds. */
        List<StoredObject> versions(String key, Random random) {
            int count = random.nextInt(100) == 0 ? 1_500 : 1 + random.nextInt(8);
            List<StoredObject> versions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ObjectSum size = new ObjectSum(1, 1 + random.nextInt(1000));
                if (random.nextInt(5) == 0) {
                    deleteMarkers++;
                    versions.add(StoredObject.deleteMarker(key, THEN));
                    continue;
                }
                versions.add(StoredObject.ofSize(key, size.bytes(), THEN, StorageClass.STANDARD));
                if (i == count - 1) {
                    current = current.plus(size);
                } else {
                    noncurrent = noncurrent.plus(size);
                }
            }
            return versions;
        }
    }
}
