package dev.muster.contacts.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.contacts.Contact;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.engine.Output;
import dev.muster.output.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes contacts line by line as they come, as JSON lines or CSV. In a file, a resumed run has every line once; on a
 * stream, lines written after the checkpoint may come again.
 */
public final class ContactLines implements Output<ContactsPartial> {
    private final ContactsView view;
    private final ContactRows rows;
    private final List<String> columns;
    private final String name;
    private final Sink sink;
    private boolean begun;

    private ContactLines(ContactsView view, String name, Sink sink) {
        if (!view.streams()) {
            throw new IllegalArgumentException("this view needs all contacts at once: " + view);
        }
        this.view = view;
        this.rows = new ContactRows(view);
        this.columns = rows.columns();
        this.name = name;
        this.sink = sink;
    }

    /** Lines in a file, which is replaced by a new run and gone on with by a resumed one. */
    public static ContactLines toFile(Path file, ContactsView view) throws IOException {
        boolean special = Files.exists(file) && !Files.isRegularFile(file);
        Sink sink = special ? new StreamSink(Files.newOutputStream(file)) : new FileSink(file);
        return new ContactLines(view, file.toString(), sink);
    }

    /** Lines to a stream that stays the caller's to close. */
    public static ContactLines toStream(OutputStream out, ContactsView view) {
        return new ContactLines(view, "the standard output", new StreamSink(requireNonNull(out, "out is null")));
    }

    @Override
    public void write(ContactsPartial partial) {
        guard(() -> {
            begin();
            if (!partial.contacts().isEmpty()) {
                sink.append(lines(partial.contacts()));
            }
        });
    }

    @Override
    public long sync() {
        long[] position = new long[1];
        guard(() -> {
            begin();
            position[0] = sink.sync();
        });
        return position[0];
    }

    @Override
    public void rewind(long position) {
        begun = true;
        guard(() -> sink.rewind(position));
    }

    @Override
    public void close() {
        guard(sink::close);
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            sink.rewind(0);
            if (view.format() == ContactsFormat.CSV) {
                StringBuilder header = new StringBuilder();
                Csv.record(header, columns);
                sink.append(header.toString().getBytes(UTF_8));
            }
        }
    }

    private byte[] lines(List<Contact> contacts) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Contact contact : contacts) {
            if (view.format() == ContactsFormat.CSV) {
                RowWriter.csvLine(lines, columns, rows.row(contact));
            } else {
                RowWriter.jsonLine(lines, rows.row(contact));
            }
        }
        return lines.toString().getBytes(UTF_8);
    }

    private interface Use {
        void run() throws IOException;
    }

    private void guard(Use use) {
        try {
            use.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write contacts to " + name + ": " + e.getMessage(), e);
        }
    }
}
