package dev.muster.contacts.set;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsPartial.AccountTags;
import dev.muster.contacts.set.DesiredState.InvalidLine;
import dev.muster.contacts.set.StateDiff.SetPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateDiffTest {
    private static final String MANAGEMENT = "111111111111";
    private static final String MEMBER = "222222222222";

    @Test
    void oneAddressSetsAllThreeTypesAndKeepsTheOtherFields() {
        SetPreview plan = plan(
                present(contact(MEMBER, ContactType.BILLING, "old@example.org")),
                "{\"account_id\": \"222222222222\", \"workload_owner\": \"new@example.org\"}");

        assertThat(plan.invalid()).isEmpty();
        assertThat(plan.changes()).hasSize(3);
        SetTask.Put billing = (SetTask.Put) plan.changes().get(0);
        assertThat(billing.after()).isEqualTo(contact(MEMBER, ContactType.BILLING, "new@example.org"));
        assertThat(billing.filledIn()).isEmpty();
        SetTask.Put operations = (SetTask.Put) plan.changes().get(1);
        assertThat(operations.before()).isEmpty();
        assertThat(operations.filledIn()).containsExactly("name", "title", "phone");
    }

    @Test
    void whatIsThereAlreadyIsNotSetAgain() {
        SetPreview plan = plan(
                present(contact(MEMBER, ContactType.BILLING, "same@example.org")),
                "{\"account_id\": \"222222222222\", \"contact_type\": \"BILLING\", \"email_address\": \"same@example.org\"}",
                "{\"account_id\": \"222222222222\", \"contact_type\": \"SECURITY\", \"email_address\": null}");

        assertThat(plan).isEqualTo(new SetPreview(List.of(), 2, List.of()));
    }

    @Test
    void aRollbackIsCarriedOutWhateverIsReadAsReadsMayBeStale() {
        Contact before = contact(MEMBER, ContactType.BILLING, "same@example.org");
        List<SetTask> made = List.of(
                new SetTask.Put(
                        Optional.of(before), contact(MEMBER, ContactType.BILLING, "new@x.org"), List.of(), false),
                new SetTask.Put(Optional.empty(), contact(MEMBER, ContactType.SECURITY, "new@x.org"), List.of(), false),
                new SetTask.Tag(MEMBER, "owner", Optional.empty(), Optional.of("new@x.org")));

        SetPreview undo = plan(present(before), RollbackFile.text(made).split("\n"));

        assertThat(undo.changes())
                .containsExactly(
                        new SetTask.Put(Optional.of(before), before, List.of(), false),
                        new SetTask.Delete(MEMBER, ContactType.SECURITY, Optional.empty(), false),
                        new SetTask.Tag(MEMBER, "owner", Optional.of("before@example.org"), Optional.empty()));
        assertThat(undo.same()).isZero();
    }

    @Test
    void whatAServiceHasHeldIsRestoredThoughOurOwnChecksWouldRefuseIt() {
        Contact odd = new Contact(
                MEMBER,
                "member",
                ContactType.BILLING,
                Optional.of("no address"),
                Optional.of("n".repeat(100)),
                Optional.empty(),
                Optional.of("call me"),
                Map.of());
        List<SetTask> made = List.of(
                new SetTask.Put(Optional.of(odd), contact(MEMBER, ContactType.BILLING, "new@x.org"), List.of(), false));

        SetPreview undo = plan(present(), RollbackFile.text(made).split("\n"));

        assertThat(undo.invalid()).isEmpty();
        assertThat(undo.changes()).singleElement().isInstanceOfSatisfying(SetTask.Put.class, put -> {
            assertThat(put.after().emailAddress()).contains("no address");
            assertThat(put.after().name()).isEqualTo(odd.name());
            assertThat(put.after().title()).isEmpty();
            assertThat(put.after().phone()).contains("call me");
        });
    }

    @Test
    void onlyTheManagementAccountIsNamedByNoId() {
        SetPreview plan = plan(
                present(),
                "{\"account_id\": \"111111111111\", \"security\": \"a@example.org\"}",
                "{\"account_id\": \"222222222222\", \"security\": {\"email_address\": \"a@example.org\"}}");

        assertThat(plan.changes())
                .extracting(change -> ((SetTask.Put) change).own())
                .containsExactly(true, false);
    }

    @Test
    void invalidLinesAreNamedAndKeepNoOtherFromBeingPlanned() {
        SetPreview plan = plan(
                present(),
                "not json",
                "{\"account_id\": 5, \"email_address\": \"a@example.org\"}",
                "{\"account_id\": \"999999999999\", \"email_address\": \"a@example.org\"}",
                "{\"account_id\": \"222222222222\", \"contact_type\": \"ROOT\", \"email_address\": \"a@example.org\"}",
                "{\"account_id\": \"222222222222\", \"contact_type\": \"BILLING\", \"email_address\": \"bad\"}",
                "{\"account_id\": \"222222222222\", \"contact_type\": \"BILLING\", \"phone\": \"call me\"}",
                "{\"account_id\": \"222222222222\", \"contact_type\": \"BILLING\", \"phone\": \"+1\"}",
                "{\"account_id\": \"222222222222\"}",
                "{\"account_id\": \"222222222222\", \"email_address\": \"a@b.org\", \"workload_owner\": \"c@b.org\"}",
                "",
                "{\"account_id\": \"222222222222\", \"security\": \"good@example.org\"}");

        assertThat(plan.invalid()).extracting(InvalidLine::line).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(plan.invalid().get(2).sentence())
                .isEqualTo("line 3: there is no account 999999999999 in this organization");
        assertThat(plan.changes()).singleElement().satisfies(change -> assertThat(change.subject())
                .isEqualTo("SECURITY"));
    }

    @Test
    void linesAboutTheSameContactAreAllInvalid() {
        SetPreview plan = plan(
                present(),
                "{\"account_id\": \"222222222222\", \"security\": \"a@example.org\"}",
                "{\"account_id\": \"222222222222\", \"email_address\": \"b@example.org\"}");

        assertThat(plan.invalid()).singleElement().satisfies(invalid -> assertThat(invalid.reason())
                .contains("SECURITY", "lines 1, 2"));
        assertThat(plan.changes()).extracting(SetTask::subject).containsExactly("BILLING", "OPERATIONS");
    }

    @Test
    void whatCouldNotBeReadIsNotOverwritten() {
        ContactsPartial present = new ContactsPartial(
                Optional.of(new OrganizationIdentity("o-1", MANAGEMENT, MANAGEMENT)),
                1,
                1,
                0,
                List.of(account(MEMBER)),
                List.of(),
                List.of(),
                List.of(new ContactFailure(Optional.of(MEMBER), "BILLING", "AccessDeniedException", "denied")));

        SetPreview plan = plan(present, "{\"account_id\": \"222222222222\", \"billing\": \"a@example.org\"}");

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.invalid()).singleElement().satisfies(invalid -> assertThat(invalid.reason())
                .contains("denied"));
    }

    @Test
    void aTagIsPlannedBesideTheContactsAndOnlyWhereItChanges() {
        DesiredState desiredState = DesiredState.parse(
                List.of(
                        "{\"account_id\": \"222222222222\", \"email_address\": \"a@example.org\"}",
                        "{\"account_id\": \"111111111111\", \"billing\": \"a@example.org\"}"),
                Optional.of("owner"));

        SetPreview plan = StateDiff.of(desiredState, present());

        assertThat(desiredState.selection().withTags()).isTrue();
        assertThat(plan.changes())
                .filteredOn(SetTask.Tag.class::isInstance)
                .containsExactly(new SetTask.Tag(
                        MEMBER, "owner", Optional.of("before@example.org"), Optional.of("a@example.org")));
    }

    private static SetPreview plan(ContactsPartial present, String... lines) {
        return StateDiff.of(DesiredState.parse(List.of(lines), Optional.empty()), present);
    }

    private static ContactsPartial present(Contact... contacts) {
        return new ContactsPartial(
                Optional.of(new OrganizationIdentity("o-1", MANAGEMENT, MANAGEMENT)),
                2,
                6,
                contacts.length,
                new ArrayList<>(List.of(account(MANAGEMENT), account(MEMBER))),
                List.of(contacts),
                List.of(new AccountTags(MEMBER, Map.of("owner", "before@example.org", "other", "stays"))),
                List.of());
    }

    private static MemberAccount account(String id) {
        return new MemberAccount(id, "name", Optional.empty(), "ACTIVE");
    }

    private static Contact contact(String id, ContactType type, String email) {
        return new Contact(
                id,
                "name",
                type,
                Optional.of(email),
                Optional.of("Someone"),
                Optional.of("Somebody"),
                Optional.of("+1 555"),
                Map.of());
    }
}
