package dev.muster.contacts.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.check.ContactCheck.Finding;
import dev.muster.contacts.check.ContactCheck.Problem;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingReportTest {
    private static final MemberAccount ACCOUNT =
            new MemberAccount("111111111111", "first", Optional.of("Root@example.org"), "ACTIVE");

    @Test
    void eachKindOfGapIsFound() {
        MissingReport report = report(
                Set.of("example.org"),
                List.of(),
                contact(ContactType.BILLING, "root@example.ORG", "Billing", "+1 555"),
                contact(ContactType.OPERATIONS, "ops@evil-example.org", " ", "0"));

        assertThat(report.findings())
                .extracting(Finding::type, Finding::problem, finding -> finding.detail()
                        .orElse(""))
                .containsExactly(
                        tuple(ContactType.BILLING, Problem.ROOT_ADDRESS, "root@example.ORG"),
                        tuple(ContactType.OPERATIONS, Problem.PLACEHOLDER, "name, phone"),
                        tuple(ContactType.OPERATIONS, Problem.OTHER_DOMAIN, "ops@evil-example.org"),
                        tuple(ContactType.SECURITY, Problem.MISSING, ""));
    }

    @Test
    void aSubdomainBelongsToItsDomain() {
        assertThat(report(
                                Set.of("@Example.org"),
                                List.of(),
                                contact(ContactType.BILLING, "a@mail.example.org", "A", "1"),
                                contact(ContactType.OPERATIONS, "a@example.org", "A", "1"),
                                contact(ContactType.SECURITY, "a@EXAMPLE.ORG", "A", "1"))
                        .findings())
                .isEmpty();
    }

    @Test
    void aContactThatCouldNotBeReadIsNotCalledMissing() throws IOException {
        MissingReport report = report(
                Set.of(),
                List.of(new ContactFailure(Optional.of("111111111111"), "SECURITY", "AccessDeniedException", "no")),
                contact(ContactType.BILLING, "a@example.org", "A", "1"),
                contact(ContactType.OPERATIONS, "a@example.org", "A", "1"));

        assertThat(report.findings()).isEmpty();
        assertThat(write(report, ContactsFormat.TABLE, false))
                .isEqualTo("no contact is missing in 1 account; 1 could not be read\n");
    }

    @Test
    void jsonNamesTheProblemAndRedactionMasksTheAddress() throws IOException {
        MissingReport report = report(
                Set.of("example.com"),
                List.of(),
                contact(ContactType.BILLING, "a@example.org", "A", "1"),
                contact(ContactType.OPERATIONS, "a@example.com", "A", "1"),
                contact(ContactType.SECURITY, "a@example.com", "A", "1"));

        assertThat(write(report, ContactsFormat.JSON, true))
                .isEqualTo("[\n{\"account_id\": \"111111111111\", \"account_name\": \"first\","
                        + " \"contact_type\": \"BILLING\", \"problem\": \"OTHER_DOMAIN\","
                        + " \"detail\": \"***@example.org\"}\n]\n");
    }

    private static String write(MissingReport report, ContactsFormat format, boolean redact) throws IOException {
        StringBuilder out = new StringBuilder();
        report.write(out, format, redact);
        return out.toString();
    }

    private static MissingReport report(Set<String> domains, List<ContactFailure> failures, Contact... contacts) {
        ContactsPartial summary = new ContactsPartial(
                Optional.empty(),
                1,
                3,
                contacts.length,
                List.of(ACCOUNT),
                Arrays.asList(contacts),
                List.of(),
                failures);
        return MissingReport.of(summary, new ContactCheck(domains));
    }

    private static Contact contact(ContactType type, String email, String name, String phone) {
        return new Contact(
                ACCOUNT.id(),
                ACCOUNT.name(),
                type,
                Optional.of(email),
                Optional.of(name),
                Optional.of("Team"),
                Optional.of(phone),
                Map.of());
    }
}
