package dev.muster.store;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.muster.engine.CheckpointStore.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Content of any size as parts of bounded size, objects of a {@link KeyValueStore}, of which one is in memory at a time. A part
 * that is there already, with these very bytes, is not written again: of content that changes here and there, only what has
 * changed is.
 *
 * <p>Content is cut where its last 64 bytes say so, and not at every n-th byte: so after an insertion the parts that follow are
 * the same as before. The bytes are summed up by a gear hash, {@code h = 2h + random[byte]}; a part ends where the upper bits of
 * it are zero (content-defined chunking: Muthitacharoen and others, LBFS, 2001; the hash: Xia and others, FastCDC, 2016).
 *
 * <p>Names are never used twice: a delayed request of a writer that was superseded cannot touch a part of its successor.
 */
public final class ContentParts {
    /** Bytes of the smallest part, save the last one of a content. */
    private static final int LEAST = 512 * 1024;

    private static final int MOST = 8 * 1024 * 1024;
    /** One cut in two to the 21, so that parts have 2.5 MiB on average. */
    private static final long MASK = -1L << (64 - 21);

    private static final long[] GEAR = new SplittableRandom(1).longs(256).toArray();

    /**
     * A part of a content.
     *
     * @param name of the object
     * @param digest SHA-256 of its bytes, in hexadecimal
     */
    public record Part(String name, int bytes, String digest) {
        public Part {
            requireNonNull(name, "name is null");
            requireNonNull(digest, "digest is null");
            if (bytes < 0) {
                throw new IllegalArgumentException("a part has fewer than no bytes: " + bytes);
            }
        }
    }

    private final KeyValueStore store;
    private final String prefix;
    /** Parts that are there, by digest. */
    private final Map<String, Part> present = new HashMap<>();
    /** Names of parts of which it is unknown whether they were written or deleted. */
    private final Set<String> doubtful = new HashSet<>();

    private long created;

    /**
     * Parts of one writer; not thread-safe.
     *
     * @param prefix beginning of the names of new parts, which no other writer uses
     * @param present parts that are there
     */
    public ContentParts(KeyValueStore store, String prefix, Collection<Part> present) {
        this.store = requireNonNull(store, "store is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
        present.forEach(part -> this.present.put(part.digest(), part));
    }

    /** Writes what is not there yet; returns the parts of the content in order. */
    public List<Part> write(Content content) throws IOException {
        List<Part> parts = new ArrayList<>();
        Cutter cutter = new Cutter(bytes -> {
            String digest = digest(bytes);
            Part part = present.get(digest);
            if (part == null) {
                part = new Part(prefix + created++, bytes.length, digest);
                create(part, bytes);
                present.put(digest, part);
            }
            parts.add(part);
        });
        content.writeTo(cutter);
        cutter.end();
        return parts;
    }

    private void create(Part part, byte[] bytes) throws IOException {
        doubtful.add(part.name());
        try {
            store.write(part.name(), bytes, Optional.empty());
        } catch (KeyValueStore.ConflictException e) {
            read(store, part); // the name is ours: an answer was lost
        }
        doubtful.remove(part.name());
    }

    /**
     * Deletes the parts that are of no use any more. To be called only after what names these was stored by this writer: one
     * that was superseded does not know what its successor uses.
     */
    public void keepOnly(Collection<Part> named) {
        Set<String> kept = named.stream().map(Part::name).collect(toSet());
        present.values().stream()
                .map(Part::name)
                .filter(name -> !kept.contains(name))
                .forEach(doubtful::add);
        present.values().removeIf(part -> !kept.contains(part.name()));
        doubtful.removeIf(this::deleted);
    }

    private boolean deleted(String name) {
        try {
            store.delete(name);
            return true;
        } catch (IOException e) {
            return false; // next time, perhaps
        }
    }

    /** The content of parts, read one by one, and checked. */
    public static InputStream read(KeyValueStore store, List<Part> parts) {
        return new PartsStream(store, parts.iterator());
    }

    /**
     * The bytes of a part.
     *
     * @throws IOException if they cannot be read, are missing, or are not those that were written
     */
    public static byte[] read(KeyValueStore store, Part part) throws IOException {
        byte[] bytes = store.read(part.name())
                .orElseThrow(() -> new IOException(store.location() + "/" + part.name() + " is missing"))
                .content();
        if (!digest(bytes).equals(part.digest())) {
            throw new IOException(store.location() + "/" + part.name() + " is damaged");
        }
        return bytes;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class PartsStream extends InputStream {
        private final KeyValueStore store;
        private final Iterator<Part> left;
        private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);

        PartsStream(KeyValueStore store, Iterator<Part> left) {
            this.store = store;
            this.left = left;
        }

        private ByteArrayInputStream part() throws IOException {
            while (part.available() == 0 && left.hasNext()) {
                part = new ByteArrayInputStream(ContentParts.read(store, left.next()));
            }
            return part;
        }

        @Override
        public int read() throws IOException {
            return part().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : part().read(into, offset, length);
        }
    }

    private interface Receiver {
        void take(byte[] part) throws IOException;
    }

    private static final class Cutter extends OutputStream {
        private final Receiver receiver;
        private byte[] buffer = new byte[LEAST];
        private int length;
        private long hash;

        Cutter(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void write(int next) throws IOException {
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(MOST, 2 * length));
            }
            buffer[length++] = (byte) next;
            hash = (hash << 1) + GEAR[next & 0xFF];
            if ((length >= LEAST && (hash & MASK) == 0) || length == MOST) {
                cut();
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            for (int i = offset; i < offset + count; i++) {
                write(bytes[i]);
            }
        }

        private void cut() throws IOException {
            byte[] part = Arrays.copyOf(buffer, length);
            length = 0;
            hash = 0;
            receiver.take(part);
        }

        void end() throws IOException {
            if (length > 0) {
                cut();
            }
        }
    }
}
