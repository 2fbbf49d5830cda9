package dev.muster.contacts.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactLinesTest {
    private static final Contact BILLING = new Contact(
            "111111111111",
            "Zoë",
            ContactType.BILLING,
            Optional.of("billingteam@example.org"),
            Optional.of("Zoë \"Z\" \uD83D\uDE00"),
            Optional.of("Head, billing"),
            Optional.of("+1 555"),
            Map.of());
    private static final Contact PRIMARY = new Contact(
            "111111111111",
            "Zoë",
            ContactType.PRIMARY,
            Optional.empty(),
            Optional.of("Zoë"),
            Optional.empty(),
            Optional.of("+1"),
            Map.of("city", "Köln", "country_code", "DE"));

    @TempDir
    Path directory;

    @Test
    void aDefaultLineHasTheBytesOfPythonsJsonDumps() {
        assertThat(lines(view(ContactsFormat.JSONL, false, false, false), BILLING))
                .isEqualTo("{\"account_id\": \"111111111111\", \"contact_type\": \"BILLING\","
                        + " \"email_address\": \"billingteam@example.org\"}\n");
    }

    @Test
    void aFullLineEscapesWhatIsNotAscii() {
        assertThat(lines(view(ContactsFormat.JSONL, true, false, false), BILLING))
                .isEqualTo(
                        "{\"account_id\": \"111111111111\", \"account_name\": \"Zo\\u00eb\", \"contact_type\": \"BILLING\","
                                + " \"email_address\": \"billingteam@example.org\", \"name\": \"Zo\\u00eb \\\"Z\\\" \\ud83d\\ude00\","
                                + " \"title\": \"Head, billing\", \"phone\": \"+1 555\"}\n");
    }

    @Test
    void csvHasItsHeaderOnceAndQuotesWhereItMust() {
        assertThat(lines(view(ContactsFormat.CSV, true, false, false), BILLING, BILLING))
                .startsWith("account_id,account_name,contact_type,email_address,name,title,phone\r\n")
                .containsOnlyOnce("account_id")
                .contains("\"Zoë \"\"Z\"\" \uD83D\uDE00\",\"Head, billing\"");
    }

    @Test
    void redactionLeavesNobodyRecognizable() {
        String redacted = lines(view(ContactsFormat.JSONL, true, true, true), BILLING, PRIMARY);

        assertThat(redacted)
                .contains("***@example.org", "Head, billing", "\"country_code\": \"DE\"")
                .doesNotContain("billingteam", "Z\\\"", "555", "K\\u00f6ln");
    }

    @Test
    void aResumedFileIsCutOffAtTheCheckpoint() throws IOException {
        Path file = directory.resolve("contacts.csv");
        ContactsView view = view(ContactsFormat.CSV, false, false, false);
        long position;
        try (ContactLines first = ContactLines.toFile(file, view)) {
            first.write(partial(BILLING));
            position = first.sync();
            first.write(partial(PRIMARY));
        }
        assertThat(file).doesNotExist();
        try (ContactLines resumed = ContactLines.toFile(file, view)) {
            resumed.rewind(position);
            resumed.write(partial(BILLING));
            resumed.publish(false);
        }

        String line = "111111111111,BILLING,billingteam@example.org\r\n";
        assertThat(file).hasContent("account_id,contact_type,email_address\r\n" + line + line);
    }

    @Test
    void aFileThatHasShrunkSinceTheCheckpointIsNotGoneOnWith() throws IOException {
        Path file = directory.resolve("contacts.jsonl");
        Path partial = Files.writeString(directory.resolve("contacts.jsonl.partial"), "short");
        try (ContactLines resumed = ContactLines.toFile(file, view(ContactsFormat.JSONL, false, false, false))) {
            assertThatThrownBy(() -> resumed.rewind(100))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("start afresh");
        }
        assertThat(partial).hasContent("short");
    }

    @Test
    void aFileIsReplacedAtTheEndOfTheRunOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("contacts.csv"), "of an earlier run\n");
        ContactsView view = view(ContactsFormat.CSV, false, false, false);
        try (ContactLines lines = ContactLines.toFile(file, view)) {
            lines.sync();
            assertThat(lines.waiting()).isEmpty();
            lines.write(partial(BILLING));
            lines.sync();
        }
        assertThat(file).hasContent("of an earlier run\n");

        try (ContactLines lines = ContactLines.toFile(file, view)) {
            lines.publish(false);
        }
        assertThat(file).hasContent("account_id,contact_type,email_address\r\n");
        assertThat(directory.resolve("contacts.csv.partial")).doesNotExist();
    }

    @Test
    void aFileIsForItsOwnerOnlyWhoeverMadeIt() throws IOException {
        Path file = Files.writeString(directory.resolve("contacts.jsonl"), "of an earlier run\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (ContactLines lines = ContactLines.toFile(file, view(ContactsFormat.JSONL, false, false, false))) {
            lines.write(partial(BILLING));
            assertThat(permissions(directory.resolve("contacts.jsonl.partial"))).isEqualTo("rw-------");
            lines.publish(false);
        }
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void aRunWithTasksToTryAgainContinuesBehindWhatItHasPublished() throws IOException {
        Path file = directory.resolve("contacts.csv");
        ContactsView view = view(ContactsFormat.CSV, false, false, false);
        long position;
        try (ContactLines first = ContactLines.toFile(file, view)) {
            first.write(partial(BILLING));
            position = first.sync();
            first.publish(true);
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(permissions(file)).isEqualTo("rw-------");
        try (ContactLines resumed = ContactLines.toFile(file, view)) {
            resumed.rewind(position);
            resumed.write(partial(BILLING));
            resumed.publish(false);
        }
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void twoRunsDoNotWriteOneFileTogether() throws IOException {
        Path file = directory.resolve("contacts.jsonl");
        ContactsView view = view(ContactsFormat.JSONL, false, false, false);
        try (ContactLines first = ContactLines.toFile(file, view);
                ContactLines second = ContactLines.toFile(file, view)) {
            first.write(partial(BILLING));
            assertThatThrownBy(() -> second.write(partial(BILLING))).hasMessageContaining("another muster is writing");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aReaderThatHasGoneAwayEndsTheOutput() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (ContactLines lines = ContactLines.toStream(broken, view(ContactsFormat.JSONL, false, false, false))) {
            assertThatThrownBy(() -> lines.write(partial(BILLING))).hasMessageContaining("Broken pipe");
        }
    }

    private static ContactsView view(ContactsFormat format, boolean full, boolean primary, boolean redact) {
        return new ContactsView(format, false, full, primary, false, redact);
    }

    private static String lines(ContactsView view, Contact... contacts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ContactLines lines = ContactLines.toStream(out, view)) {
            for (Contact contact : contacts) {
                lines.write(partial(contact));
            }
        }
        return out.toString(UTF_8);
    }

    private static ContactsPartial partial(Contact contact) {
        return new ContactsPartial(Optional.empty(), 0, 1, 1, List.of(), List.of(contact), List.of(), List.of());
    }
}
