package dev.muster.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.AwsClients;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsResult;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactLines;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Job;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumedContactsTest {
    private static final ContactsView LINES = new ContactsView(ContactsFormat.JSONL, false, false, false, false, false);
    private static final EngineSettings ENGINE = EngineSettings.from(Practice.CONFIG);

    @TempDir
    Path directory;

    @Test
    void aRunKilledAgainAndAgainWritesEveryContactOnce() throws Exception {
        Path file = directory.resolve("contacts.jsonl");
        Files.writeString(file, "of an earlier run\n");
        MemoryCheckpointStore.Memory memory = new MemoryCheckpointStore.Memory();
        Random random = new Random(7);
        try (Practice practice = new Practice(100, 60);
                AwsClients clients = practice.clients(practice.estate.management())) {
            RunResult<ContactsTask, ContactsPartial> result = null;
            int kills = 0;
            while (result == null) {
                try {
                    result = runFor(practice, clients, file, memory, 50 + 100 * kills + random.nextInt(100));
                } catch (TimeoutException killed) {
                    assertThat(file).hasContent("of an earlier run\n");
                    kills++;
                }
            }

            assertThat(kills).isPositive();
            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(practice.expected());
            assertThat(result.summary().contactCount())
                    .isEqualTo(practice.expected().size());
        }
    }

    /** Closing a run that has not ended is as sudden as a kill: nothing is finished, flushed or saved. */
    private static RunResult<ContactsTask, ContactsPartial> runFor(
            Practice practice, AwsClients clients, Path file, MemoryCheckpointStore.Memory memory, int milliseconds)
            throws Exception {
        ContactsSettings settings = new ContactsSettings(
                Practice.EVERYTHING,
                LINES,
                false,
                Optional.of(file),
                Map.of(),
                practice.quotas(),
                Duration.ofSeconds(10));
        try (CheckpointStore store = new MemoryCheckpointStore(memory)) {
            try (ContactLines lines = ContactLines.toFile(file, LINES)) {
                Job<ContactsTask, ContactsResult, ContactsPartial> job =
                        ContactsJob.create(settings, new ContactsExecutor(clients), lines);
                try (LocalRun<ContactsTask, ContactsResult, ContactsPartial> run =
                        store.load().isPresent()
                                ? LocalRun.resume(Practice.CONFIG, job, ENGINE, store)
                                : LocalRun.start(Practice.CONFIG, job, ENGINE, store)) {
                    RunResult<ContactsTask, ContactsPartial> result =
                            run.result().toCompletableFuture().get(milliseconds, TimeUnit.MILLISECONDS);
                    lines.publish(false);
                    return result;
                }
            }
        }
    }
}
