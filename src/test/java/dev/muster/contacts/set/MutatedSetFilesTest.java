package dev.muster.contacts.set;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Mutation;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsPartial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is in a file to set, or to take back what was set, each of its lines is a change or is refused in words. */
@Timeout(60)
class MutatedSetFilesTest {
    private static final int TRIES = 500;
    private static final String ACCOUNT = "111111111111";
    private static final String OWNERS =
            "{\"account_id\": \"111111111111\", \"email_address\": \"a@example.org\", \"name\": \"A\"}\n"
                    + "{\"account_id\": \"222222222222\", \"billing\": \"b@example.org\", \"security\": {\"email_address\": null}}\n"
                    + "{\"account_id\": \"333333333333\", \"contact_type\": \"OPERATIONS\", \"email_address\": \"c@example.org\","
                    + " \"title\": \"T\", \"phone\": \"+1 503 555 1234\"}\n"
                    + "{\"account_id\": \"333333333333\", \"tag_key\": \"owner\", \"tag_value\": \"c\"}\n";

    @Test
    void aMutatedFileIsReadOrItsLinesAreRefused() {
        for (int seed = 0; seed < TRIES; seed++) {
            read(new Mutation(seed).of(OWNERS.getBytes(UTF_8)));
        }
    }

    @Test
    void aMutatedRollbackFileIsReadOrItsLinesAreRefused() {
        Contact before = new Contact(
                ACCOUNT,
                "team",
                ContactType.BILLING,
                Optional.of("a@example.org"),
                Optional.of("A"),
                Optional.empty(),
                Optional.of("1"),
                Map.of());
        byte[] rollback = RollbackFile.text(List.of(
                        new SetTask.Tag(ACCOUNT, "owner", Optional.of("b"), Optional.of("a")),
                        new SetTask.Put(Optional.of(before), before, List.of(), false),
                        new SetTask.Delete(ACCOUNT, ContactType.SECURITY, Optional.empty(), false)))
                .getBytes(UTF_8);
        for (int seed = 0; seed < TRIES; seed++) {
            read(new Mutation(seed).of(rollback));
        }
    }

    @Test
    void deepLinesAreRefused() {
        read(("{\"account_id\": " + "[".repeat(100_000)).getBytes(UTF_8));
        read(("{\"account_id\": \"111111111111\", \"billing\": " + "[".repeat(900) + "]".repeat(900) + "}")
                .getBytes(UTF_8));
    }

    private static void read(byte[] text) {
        List<String> lines = new String(text, ISO_8859_1).lines().toList();
        try {
            DesiredState desired = DesiredState.parse(lines, Optional.of("owner"));
            assertThat(desired.selection()).isNotNull();
            StateDiff.of(
                    desired,
                    new ContactsPartial(Optional.empty(), 0, 0, 0, List.of(), List.of(), List.of(), List.of()));
            assertThat(desired.invalid())
                    .allSatisfy(line -> assertThat(line.toString()).doesNotContain("java.lang"));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(String.join("\n", lines), e);
        }
    }
}
