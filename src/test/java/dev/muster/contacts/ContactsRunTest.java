package dev.muster.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactsView;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.organizations.UnitTree;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.Failure;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactsRunTest {
    private static final ContactsView LINES = new ContactsView(ContactsFormat.JSONL, false, false, false, false, false);

    @Test
    void everyContactIsWrittenOnceWithinTheQuota() throws Exception {
        try (Practice practice = new Practice(300, 100)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            RunResult<ContactsTask, ContactsPartial> result =
                    practice.run(practice.settings(Practice.EVERYTHING, LINES), practice.estate.management(), out);

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(out.toString(UTF_8).lines()).containsExactlyInAnyOrderElementsOf(practice.expected());
            assertThat(result.summary().accountCount()).isEqualTo(300);
            assertThat(practice.cloud.quotas().refused("GetAlternateContact")).isLessThan(20);
        }
    }

    @Test
    void throttlingAndTransientErrorsLoseNothingAndRepeatNothing() throws Exception {
        try (Practice practice = new Practice(300, 100)) {
            List<ServiceError> errors = new ArrayList<>(Collections.nCopies(30, ServiceError.slowDown()));
            errors.addAll(Collections.nCopies(5, new ServiceError(500, "InternalError", "on purpose")));
            practice.cloud.faults().set("account", FaultProfile.NONE.withErrors(0.35, errors));
            practice.cloud.faults().set("organizations", FaultProfile.NONE.withErrors(0.35, errors));
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            RunResult<ContactsTask, ContactsPartial> result =
                    practice.run(practice.settings(Practice.EVERYTHING, LINES), practice.estate.management(), out);

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures()).isEmpty();
            assertThat(out.toString(UTF_8).lines()).containsExactlyInAnyOrderElementsOf(practice.expected());
        }
    }

    @Test
    void onePermanentFailureHidesNoOtherContact() throws Exception {
        try (Practice practice = new Practice(40, 100)) {
            practice.cloud.governance().deny("account:GetContactInformation");
            Selection selection = new Selection(
                    Set.of(),
                    Set.of("111111111112"),
                    List.of(),
                    Map.of(),
                    Set.of(ContactType.PRIMARY, ContactType.BILLING),
                    false);
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            RunResult<ContactsTask, ContactsPartial> result =
                    practice.run(practice.settings(selection, LINES), practice.estate.management(), out);

            assertThat(out.toString(UTF_8)).contains("ROOT").contains("BILLING");
            assertThat(result.summary().failures()).singleElement().satisfies(failure -> {
                assertThat(failure.accountId()).contains("111111111112");
                assertThat(failure.subject()).isEqualTo("PRIMARY");
                assertThat(failure.code()).isEqualTo("AccessDeniedException");
                assertThat(failure.message()).contains("account:GetContactInformation");
            });
        }
    }

    @Test
    void aDelegatedAdministratorIsToldWhyTheManagementAccountCannotBeRead() throws Exception {
        try (Practice practice = new Practice(30, 100)) {
            PracticeAccount administrator = practice.estate.accounts().get(4);
            practice.cloud.governance().delegate(administrator.id());
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            RunResult<ContactsTask, ContactsPartial> result =
                    practice.run(practice.settings(Practice.EVERYTHING, LINES), administrator, out);

            String management = practice.estate.management().id();
            assertThat(result.summary().failures()).hasSize(3).allSatisfy(failure -> {
                assertThat(failure.accountId()).contains(management);
                assertThat(failure.message()).contains("standalone context");
            });
            assertThat(out.toString(UTF_8).lines())
                    .containsExactlyInAnyOrderElementsOf(practice.expected().stream()
                            .filter(line -> !line.contains(management) || line.contains("ROOT"))
                            .toList());
        }
    }

    @Test
    void filtersCombine() throws Exception {
        try (Practice practice = new Practice(60, 100)) {
            Selection selection = new Selection(
                    Set.of("ACTIVE"),
                    Set.of(),
                    List.of(UnitTree.WORKLOADS, UnitTree.TESTING),
                    Map.of("stage", "testing"),
                    Set.of(),
                    true);
            ContactsSettings kept = new ContactsSettings(
                    selection, LINES, true, Optional.empty(), Map.of(), practice.quotas(), Duration.ofSeconds(10));

            ContactsPartial summary = practice.run(kept).summary();

            assertThat(summary.accounts())
                    .extracting(MemberAccount::name)
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            assertThat(summary.accounts()).allSatisfy(account -> {
                int place = Integer.parseInt(account.name().substring("team-".length()));
                assertThat(place % 4).isEqualTo(3);
                assertThat(account.state()).isEqualTo("ACTIVE");
            });
            assertThat(summary.tags()).hasSameSizeAs(summary.accounts()).allSatisfy(tag -> assertThat(tag.tags())
                    .containsEntry("stage", "testing"));
        }
    }

    @Test
    void anUnknownAccountIsReported() throws Exception {
        try (Practice practice = new Practice(3, 100)) {
            Selection selection = new Selection(Set.of(), Set.of("999999999999"), List.of(), Map.of(), Set.of(), false);

            ContactsPartial summary =
                    practice.run(practice.settings(selection, LINES)).summary();

            assertThat(summary.failures()).singleElement().satisfies(failure -> assertThat(failure.code())
                    .isEqualTo("AccountNotFoundException"));
        }
    }

    @Test
    void whatNoTaskCanGetPastStopsTheRunWithItsRemedy() throws Exception {
        try (Practice practice = new Practice(60, 100)) {
            practice.cloud.governance().trustedAccess(false);
            assertThat(halted(practice, practice.estate.management())).contains("enable-aws-service-access");

            practice.cloud.governance().trustedAccess(true);
            assertThat(halted(practice, practice.estate.accounts().get(1)))
                    .contains("register-delegated-administrator");

            practice.cloud.governance().allFeatures(false);
            assertThat(halted(practice, practice.estate.management())).contains("enable-all-features");

            practice.cloud.governance().allFeatures(true);
            practice.cloud.governance().deny("account:GetAlternateContact");
            assertThat(halted(practice, practice.estate.management())).contains("account:GetAlternateContact");

            practice.cloud.governance().deny("organizations:ListAccounts");
            assertThat(halted(practice, practice.estate.management())).contains("organizations:ListAccounts");
        }
    }

    private static String halted(Practice practice, PracticeAccount caller) throws Exception {
        RunEnd end = practice.run(practice.settings(Practice.EVERYTHING, LINES), caller, new ByteArrayOutputStream())
                .end();
        assertThat(end).isInstanceOf(RunEnd.Halted.class);
        Failure failure = ((RunEnd.Halted) end).failure();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNFIT);
        return failure.message();
    }
}
