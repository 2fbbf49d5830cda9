package dev.muster.contacts.set;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.output.Json;
import dev.muster.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * File with the state before a change, in the form that {@code set} reads. Its lines are marked to restore: {@code set}
 * then makes each change whatever it reads, as reads may be stale for a while after a change, and accepts values that
 * our own checks would refuse, as the service had them.
 */
public final class RollbackFile {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private RollbackFile() {}

    /** The name for the changes of one file at one time. */
    public static Path beside(Path file, Instant now) {
        String name = file.getFileName().toString().replaceFirst("\\.rollback-[0-9TZ]+\\.jsonl$", "");
        return file.resolveSibling(name + ".rollback-" + STAMP.format(now) + ".jsonl");
    }

    /** Writes the file, which must not exist yet, and forces it to the disk before any change is made. */
    public static void write(Path file, List<SetTask> changes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.file())) {
            ByteBuffer bytes = ByteBuffer.wrap(text(changes).getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows cannot open a directory; there the new name is durable by itself.
        }
    }

    static String text(List<SetTask> changes) {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append(Json.dumps(line(change))).append('\n'));
        return text.toString();
    }

    private static Map<String, Object> line(SetTask change) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("account_id", change.accountId());
        line.putAll(change.match(
                put -> contact(put.after().type(), put.before()),
                delete -> contact(delete.type(), delete.before()),
                RollbackFile::tag));
        line.put(SetFile.RESTORES, true);
        return line;
    }

    private static Map<String, Object> tag(SetTask.Tag tag) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("tag_key", tag.key());
        line.put("tag_value", tag.before().orElse(null));
        return line;
    }

    private static Map<String, Object> contact(ContactType type, Optional<Contact> before) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("contact_type", type.name());
        if (before.isPresent()) {
            before.get().emailAddress().ifPresent(address -> line.put("email_address", address));
            line.put("name", before.get().name().orElse(null));
            line.put("title", before.get().title().orElse(null));
            line.put("phone", before.get().phone().orElse(null));
        } else {
            line.put("email_address", null);
        }
        return line;
    }
}
