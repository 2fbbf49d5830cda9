package dev.muster.inventory.format.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.CountingOutput;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.InventoryWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/**
 * Writes rows to a Parquet file. A run holds as many of these open as it has workers, so a row group is small: about
 * 3 MB of compressed pages, and as much of the pages that are not full yet.
 */
public final class ParquetRowWriter implements InventoryWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
    private static final int GROUP_ROWS = 100_000;
    private static final int ROWS_BETWEEN_CHECKS = 1000;
    /** Bound for long keys; rows of the usual length end a group before it. */
    private static final int GROUP_BYTES = 8 * 1024 * 1024;

    private final InventoryColumn[] columns;
    private final PageCodec codec;
    private final CountingOutput out;
    private final List<RowGroup> groups = new ArrayList<>();
    private final RecentText[] recent;
    private ColumnChunkWriter[] chunks;
    private long rows;
    private int rowsOfGroup;
    private boolean closed;

    public ParquetRowWriter(List<InventoryColumn> columns, InventoryCompression compression, OutputStream out)
            throws IOException {
        this.columns = columns.toArray(InventoryColumn[]::new);
        this.codec = new PageCodec(compression);
        this.out = new CountingOutput(out);
        this.recent = columns.stream().map(column -> new RecentText()).toArray(RecentText[]::new);
        this.out.write(MAGIC);
        beginGroup();
    }

    private void beginGroup() {
        chunks = Arrays.stream(columns)
                .map(column -> new ColumnChunkWriter(column, codec))
                .toArray(ColumnChunkWriter[]::new);
        rowsOfGroup = 0;
    }

    @Override
    public void write(InventoryRow row) throws IOException {
        for (int i = 0; i < chunks.length; i++) {
            InventoryColumn column = columns[i];
            Object value = column.of(row);
            if (value == null) {
                chunks[i].addNull();
            } else {
                switch (column.type()) {
                    case KEY -> chunks[i].add(Binary.fromConstantByteArray(((ObjectKey) value).bytes()));
                    case TEXT -> chunks[i].add(recent[i].binary((String) value));
                    case FLAG -> chunks[i].add((boolean) value);
                    case NUMBER, TIME -> chunks[i].add((long) value);
                }
            }
        }
        rows++;
        rowsOfGroup++;
        if (rowsOfGroup == GROUP_ROWS || (rowsOfGroup % ROWS_BETWEEN_CHECKS == 0 && groupBytes() >= GROUP_BYTES)) {
            endGroup();
            beginGroup();
        }
    }

    private long groupBytes() {
        return Arrays.stream(chunks).mapToLong(ColumnChunkWriter::size).sum();
    }

    private void endGroup() throws IOException {
        long start = out.bytes();
        List<ColumnChunk> written = new ArrayList<>();
        long plainBytes = 0;
        for (ColumnChunkWriter chunk : chunks) {
            ColumnChunk facts = chunk.writeTo(out, out.bytes());
            plainBytes += facts.getMeta_data().getTotal_uncompressed_size();
            written.add(facts);
        }
        groups.add(new RowGroup(written, plainBytes, rowsOfGroup)
                .setFile_offset(start)
                .setTotal_compressed_size(out.bytes() - start)
                .setOrdinal((short) groups.size()));
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long bytes() {
        return out.bytes();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (rowsOfGroup > 0) {
                endGroup();
            }
            ByteArrayOutputStream footer = new ByteArrayOutputStream();
            Util.writeFileMetaData(
                    new FileMetaData(1, ParquetSchema.elements(List.of(columns)), rows, groups)
                            .setCreated_by("muster")
                            .setColumn_orders(Collections.nCopies(
                                    columns.length, ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))),
                    footer);
            int length = footer.size();
            footer.writeBytes(BytesUtils.intToBytes(length));
            footer.writeBytes(MAGIC);
            footer.writeTo(out);
        }
    }

    @Override
    public void abandon() {
        try {
            out.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    /** The last text of a column: the bucket, the region and mostly the storage class are those of the row before. */
    private static final class RecentText {
        private String text = "";
        private Binary binary = Binary.EMPTY;

        Binary binary(String value) {
            if (!text.equals(value)) {
                text = value;
                binary = Binary.fromConstantByteArray(value.getBytes(UTF_8));
            }
            return binary;
        }
    }
}
