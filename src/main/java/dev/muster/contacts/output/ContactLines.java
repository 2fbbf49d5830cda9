package dev.muster.contacts.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.contacts.Contact;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.engine.Output;
import dev.muster.output.Csv;
import dev.muster.output.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes contacts line by line as they come, as JSON lines or CSV. A file is replaced by {@link #publish} and has every
 * line once, even after a resumption; on a stream, lines written after the checkpoint may be repeated.
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

    /**
     * Lines to a file.
     *
     * @throws dev.muster.output.OutputFile.OutputFileException if there cannot be a file of this path
     */
    public static ContactLines toFile(Path file, ContactsView view) throws IOException {
        Optional<Path> replaced = new OutputFile(file).replaced();
        Sink sink = replaced.isPresent() ? new FileSink(replaced.get()) : new StreamSink(Files.newOutputStream(file));
        return new ContactLines(view, file.toString(), sink);
    }

    /** Lines to a stream, which the caller closes. */
    public static ContactLines toStream(OutputStream out, ContactsView view) {
        return new ContactLines(view, "the standard output", new StreamSink(requireNonNull(out, "out is null")));
    }

    @Override
    public void write(ContactsPartial partial) {
        if (!partial.contacts().isEmpty()) {
            guard(() -> {
                begin();
                sink.append(lines(partial.contacts()));
            });
        }
    }

    @Override
    public long sync() {
        long[] position = new long[1];
        guard(() -> position[0] = begun ? sink.sync() : 0);
        return position[0];
    }

    /** At position 0 nothing has been written: an existing file is not this run's, and stays until the first line. */
    @Override
    public void rewind(long position) {
        if (position > 0) {
            begun = true;
            guard(() -> sink.rewind(position));
        }
    }

    /**
     * Replaces the file by the lines.
     *
     * @param resumable true if another run will continue after these lines
     */
    public void publish(boolean resumable) {
        guard(() -> {
            begin();
            sink.publish(resumable);
        });
    }

    /** The file with the lines of a run that is not published; empty if there are none. */
    public Optional<String> waiting() {
        return sink.waiting();
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

    /**
     * A pipe or terminal: written lines cannot be taken back, so a resumed run may repeat those after its checkpoint.
     */
    private static final class StreamSink implements Sink {
        private final OutputStream out;
        private long position;

        StreamSink(OutputStream out) {
            this.out = out;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            position += bytes.length;
        }

        @Override
        public long sync() throws IOException {
            out.flush();
            return position;
        }

        @Override
        public void rewind(long to) {
            position = to;
        }

        @Override
        public void publish(boolean resumable) {}

        @Override
        public Optional<String> waiting() {
            return Optional.empty();
        }

        /** Does nothing: everything appended has been flushed, and errors have been reported. */
        @Override
        public void close() {}
    }

    /** Destination of lines. Positions are bytes from the start. */
    interface Sink extends AutoCloseable {
        void append(byte[] bytes) throws IOException;

        /** Makes everything appended durable, as far as the sink can, and returns the position after it. */
        long sync() throws IOException;

        /** Goes back to a position and discards what follows it, if the sink can. */
        void rewind(long position) throws IOException;

        /**
         * Publishes everything appended, unless it was visible as it came. Nothing follows.
         *
         * @param resumable true if another run will continue after what was appended
         */
        void publish(boolean resumable) throws IOException;

        /** The file in which lines wait to be published; empty if there is none. */
        Optional<String> waiting();

        @Override
        void close() throws IOException;
    }
}
