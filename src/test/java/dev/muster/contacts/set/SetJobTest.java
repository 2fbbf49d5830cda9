package dev.muster.contacts.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.AwsClients;
import dev.muster.contacts.ContactsSettings;
import dev.muster.contacts.Practice;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.contacts.set.SetJob.SetPartial;
import dev.muster.contacts.set.StateDiff.SetPreview;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.server.ServiceError;
import dev.muster.store.MemoryCheckpointStore;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetJobTest {
    private static final ContactsView VIEW = new ContactsView(ContactsFormat.JSONL, false, false, false, false, false);

    @TempDir
    Path directory;

    @Test
    void aFileIsAppliedThroughThrottlingAndUndoneByItsRollbackFile() throws Exception {
        try (Practice practice = new Practice(30, 100);
                AwsClients clients = practice.clients(practice.estate.management())) {
            practice.cloud.faults().set("account", FaultProfile.NONE.withErrors(0.2, List.of(ServiceError.slowDown())));
            List<String> before = practice.expected();
            List<String> file = practice.estate.accounts().stream()
                    .map(PracticeAccount::id)
                    .map(id -> "{\"account_id\": \"" + id + "\", \"email_address\": \"owner@example.org\"}")
                    .toList();

            SetPreview plan = plan(practice, file, Optional.of("owner"));
            assertThat(practice.expected()).as("nothing is written by planning").isEqualTo(before);
            SetPartial applied = apply(practice, clients, plan);

            assertThat(applied).isEqualTo(new SetPartial(plan.changes().size(), List.of()));
            assertThat(practice.expected())
                    .filteredOn(line -> line.contains("owner@"))
                    .hasSize(3 * 30);
            assertThat(plan(practice, file, Optional.of("owner")).changes()).isEmpty();

            SetPreview back =
                    plan(practice, RollbackFile.text(plan.changes()).lines().toList(), Optional.empty());
            apply(practice, clients, back);

            assertThat(practice.expected()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    void aRollbackFileNeverReplacesAnother() throws Exception {
        Path file = RollbackFile.beside(directory.resolve("owners.jsonl"), Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(file).hasFileName("owners.jsonl.rollback-20260102T030405678Z.jsonl");
        RollbackFile.write(file, List.of(new SetTask.Tag("111111111111", "owner", Optional.empty(), Optional.of("a"))));

        assertThatThrownBy(() -> RollbackFile.write(file, List.of())).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file))
                .containsExactly("{\"account_id\": \"111111111111\", \"tag_key\": \"owner\", \"tag_value\": null,"
                        + " \"restores\": true}");
    }

    private static SetPreview plan(Practice practice, List<String> file, Optional<String> tagKey) throws Exception {
        DesiredState desiredState = DesiredState.parse(file, tagKey);
        ContactsSettings settings = new ContactsSettings(
                desiredState.selection(),
                VIEW,
                true,
                Optional.empty(),
                Map.of(),
                practice.quotas(),
                Duration.ofSeconds(10));
        ContactsPartial present = practice.run(settings).summary();
        return StateDiff.of(desiredState, present);
    }

    private static SetPartial apply(Practice practice, AwsClients clients, SetPreview plan) throws Exception {
        return Practice.run(
                        SetJob.create(plan, practice.quotas(), Duration.ofSeconds(10), new SetExecutor(clients)),
                        new MemoryCheckpointStore(new MemoryCheckpointStore.Memory()))
                .summary();
    }
}
