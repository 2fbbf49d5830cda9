package dev.muster.contacts.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactsReportTest {
    private static final ContactsPartial SUMMARY = new ContactsPartial(
            Optional.empty(),
            2,
            6,
            3,
            List.of(account("222222222222", "second"), account("111111111111", "first")),
            List.of(
                    contact("222222222222", ContactType.SECURITY, "s@example.org"),
                    contact("111111111111", ContactType.SECURITY, "t@example.org"),
                    contact("111111111111", ContactType.ROOT, "r@example.org")),
            List.of(),
            List.of());

    @Test
    void jsonIsOneArrayWithAContactALine() throws IOException {
        assertThat(write(ContactsFormat.JSON, false, true)).isEqualTo("""
                        [
                        {"account_id": "111111111111", "contact_type": "ROOT", "email_address": "r@example.org"},
                        {"account_id": "111111111111", "contact_type": "SECURITY", "email_address": "t@example.org"},
                        {"account_id": "222222222222", "contact_type": "SECURITY", "email_address": "s@example.org"}
                        ]
                        """);
    }

    @Test
    void withoutSortContactsStayInTheOrderInWhichTheyCame() throws IOException {
        assertThat(write(ContactsFormat.JSON, false, false).lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("222222222222"));
    }

    @Test
    void thePivotHasARowForEachAccountWithGapsEmpty() throws IOException {
        assertThat(write(ContactsFormat.CSV, true, true).lines())
                .containsExactly(
                        "account_id,root_email,billing_email,operations_email,security_email",
                        "111111111111,r@example.org,,,t@example.org",
                        "222222222222,,,,s@example.org");
    }

    @Test
    void failuresAreTypedRecords() throws IOException {
        ContactFailure failure = new ContactFailure(
                Optional.of("111111111111"), "BILLING", "AccessDeniedException", "GetAlternateContact failed: no");
        StringBuilder out = new StringBuilder();

        FailureLines.writeJson(out, List.of(failure));

        assertThat(out)
                .hasToString("{\"account_id\": \"111111111111\", \"contact_type\": \"BILLING\","
                        + " \"error_code\": \"AccessDeniedException\","
                        + " \"message\": \"GetAlternateContact failed: no\"}\n");
    }

    private static String write(ContactsFormat format, boolean pivot, boolean sort) throws IOException {
        StringBuilder out = new StringBuilder();
        new ContactsReport(new ContactsView(format, pivot, false, false, sort, false)).write(out, SUMMARY);
        return out.toString();
    }

    private static MemberAccount account(String id, String name) {
        return new MemberAccount(id, name, Optional.empty(), "ACTIVE");
    }

    private static Contact contact(String id, ContactType type, String email) {
        return new Contact(
                id, "", type, Optional.of(email), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
