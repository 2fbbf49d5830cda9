package dev.muster.inventory.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Temporary file of sorted rows, with what is compared of them: bucket, key, size, date and ETag. */
final class RowSpill {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int UNKNOWN = -1;
    private static final int SIZED = 1;
    private static final int DATED = 2;

    private RowSpill() {}

    /** Writes rows to a new file. */
    static Path write(Iterable<InventoryRow> rows) throws IOException {
        return write(new RowCursor() {
            private final Iterator<InventoryRow> left = rows.iterator();

            @Override
            public InventoryRow next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {}
        });
    }

    /** Writes rows to a new file, and closes their source. */
    static Path write(RowCursor rows) throws IOException {
        Path file = Files.createTempFile("muster-sort-", ".rows");
        boolean whole = false;
        try (rows;
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
            for (InventoryRow row = rows.next(); row != null; row = rows.next()) {
                write(out, row);
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return file;
    }

    private static void write(DataOutputStream out, InventoryRow row) throws IOException {
        bytes(out, row.bucket().getBytes(UTF_8));
        bytes(out, row.key().bytes());
        out.writeByte((row.size() == null ? 0 : SIZED) | (row.lastModifiedMillis() == null ? 0 : DATED));
        if (row.size() != null) {
            out.writeLong(row.size());
        }
        if (row.lastModifiedMillis() != null) {
            out.writeLong(row.lastModifiedMillis());
        }
        if (row.eTag() == null) {
            out.writeInt(UNKNOWN);
        } else {
            bytes(out, row.eTag().getBytes(UTF_8));
        }
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads the rows of a file, which is deleted when they are closed. */
    static RowCursor read(Path file) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        return new RowCursor() {
            @Override
            public InventoryRow next() throws IOException {
                in.mark(1);
                if (in.read() < 0) {
                    return null;
                }
                in.reset();
                String bucket = new String(in.readNBytes(in.readInt()), UTF_8);
                ObjectKey key = ObjectKey.copyOf(in.readNBytes(in.readInt()));
                int known = in.readByte();
                Long size = (known & SIZED) == 0 ? null : (Long) in.readLong();
                Long date = (known & DATED) == 0 ? null : (Long) in.readLong();
                int length = in.readInt();
                String eTag = length == UNKNOWN ? null : new String(in.readNBytes(length), UTF_8);
                return new InventoryRow(
                        bucket, key, null, null, null, size, date, eTag, null, null, null, null, null, null);
            }

            @Override
            public void close() throws IOException {
                try (in) {
                    Files.deleteIfExists(file);
                }
            }
        };
    }
}
