package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.run.RetainedCheckpoint;
import dev.muster.contacts.Practice;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.CheckpointStore.Content;
import dev.muster.store.MemoryCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run without {@code --resume} does to the checkpoint of an earlier one. */
class EarlierRunTest {
    private static final Estate ESTATE =
            Estate.of(PracticeBucket.of("logs", new SequentialKeys(3_456)).in("eu-west-1"));
    private static final FaultProfile EXPIRED =
            FaultProfile.NONE.withErrors(1, List.of(new ServiceError(403, "ExpiredToken", "The token is expired")));

    @TempDir
    Path home;

    private PracticeCloud cloud;

    @BeforeEach
    void startCloud() {
        cloud = PracticeCloud.start(ESTATE);
    }

    @AfterEach
    void stopCloud() {
        cloud.close();
    }

    @Test
    void aRunThatIsSoonStoppedLeavesTheEarlierCheckpointToBeGoneOnWith() throws IOException {
        cloud.faults().set("s3:ListObjectsV2", EXPIRED);
        audit();
        byte[] earlier = Files.readAllBytes(checkpoint());

        CapturedConsole.Result afresh = audit();

        assertThat(afresh.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(afresh.errors())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("muster: an earlier run was not completed; this one starts afresh")
                        .contains("after a minute"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("muster: to continue with the earlier run, whose checkpoint is kept: muster audit")
                        .endsWith("--resume"));
        assertThat(checkpoint()).hasBinaryContent(earlier);
        cloud.faults().clear();
        CapturedConsole.Result resumed = audit("--resume");
        assertThat(resumed.code()).as(resumed.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(resumed.stdout()).contains(",3456,");
    }

    @Test
    void aRunThatCannotEvenBeginLeavesTheEarlierCheckpoint() throws IOException {
        cloud.faults().set("s3:ListObjectsV2", EXPIRED);
        audit();
        byte[] earlier = Files.readAllBytes(checkpoint());
        cloud.faults().set("s3", EXPIRED);

        assertThat(audit().code()).isEqualTo(ExitCodes.FAILED);

        assertThat(checkpoint()).hasBinaryContent(earlier);
    }

    @Test
    void aRunThatCompletesLeavesNoCheckpointOfAnEarlierOne() throws IOException {
        cloud.faults().set("s3:ListObjectsV2", EXPIRED);
        audit();
        cloud.faults().clear();

        assertThat(audit().code()).isEqualTo(ExitCodes.COMPLETE);

        assertThat(home.resolve("state/muster")).isEmptyDirectory();
    }

    @Test
    void contactsWrittenMeanwhileAreNotGoneOnWithFromAnEarlierCheckpoint() throws IOException {
        try (Practice practice = new Practice(8, 100)) {
            practice.cloud.faults().set("account", EXPIRED);
            List<String> contacts = CapturedConsole.on(practice.cloud, practice.estate, "contacts");
            new CapturedConsole(home).run(contacts);
            byte[] earlier = Files.readAllBytes(checkpoint());

            CapturedConsole.Result afresh = new CapturedConsole(home).run(contacts);

            assertThat(afresh.stderr())
                    .contains("(--resume would have continued it)", "muster: to continue where it stopped: ")
                    .doesNotContain("after a minute");
            assertThat(Files.readAllBytes(checkpoint())).isNotEqualTo(earlier);
        }
    }

    @Test
    void aRunThatGoesOnForLongReplacesTheEarlierCheckpoint() throws IOException {
        MemoryCheckpointStore place = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        place.save(content("earlier"));
        AtomicLong clock = new AtomicLong();
        try (RetainedCheckpoint checkpoint = new RetainedCheckpoint(place, clock::get)) {
            checkpoint.spareEarlier();

            clock.set(Duration.ofSeconds(59).toNanos());
            checkpoint.save(content("new"));
            assertThat(place.load().orElseThrow()).hasContent("earlier");
            assertThat(checkpoint.held()).isFalse();

            clock.set(Duration.ofSeconds(60).toNanos());
            checkpoint.save(content("new"));
            assertThat(place.load().orElseThrow()).hasContent("new");
            assertThat(checkpoint.sparing()).isFalse();
        }
    }

    private CapturedConsole.Result audit(String... options) {
        List<String> arguments = CapturedConsole.on(cloud, ESTATE, "audit", "--format=csv");
        arguments.addAll(List.of(options));
        return new CapturedConsole(home).run(arguments);
    }

    private Path checkpoint() throws IOException {
        try (var files = Files.walk(home.resolve("state"))) {
            return files.filter(file -> file.endsWith("checkpoint.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Content content(String text) {
        return out -> out.write(text.getBytes(UTF_8));
    }
}
