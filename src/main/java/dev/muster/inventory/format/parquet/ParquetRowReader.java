package dev.muster.inventory.format.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.RowAssembler;
import dev.muster.inventory.format.RowReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Reads rows of a Parquet file by whichever writer, with a page of each column in memory. Columns are found by name; those
 * that the file lacks are null.
 */
public final class ParquetRowReader implements RowReader {
    private static final String MAGIC = "PAR1";
    private static final int TAIL_BYTES = 8;
    private static final int MOST_FOOTER_BYTES = 64 * 1024 * 1024;

    private final FileChannel file;
    private final RowAssembler rows;
    private final FileMetaData footer;
    private final List<FileColumn> columns;
    private List<ColumnChunkReader> chunks = List.of();
    private int nextGroup;
    private long rowsLeft;

    /** A column of the file that rows are made of. */
    record FileColumn(InventoryColumn column, SchemaElement element) {
        boolean optional() {
            return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
        }
    }

    public ParquetRowReader(Path path, RowAssembler rows) throws IOException {
        this.rows = rows;
        this.file = FileChannel.open(path);
        boolean opened = false;
        try {
            this.footer = footer();
            this.columns = columns();
            opened = true;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private FileMetaData footer() throws IOException {
        long size = file.size();
        ByteBuffer tail = read(size - TAIL_BYTES, TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        if (!US_ASCII.decode(tail).toString().equals(MAGIC)) {
            throw rows.damaged("it is no Parquet file, or not whole");
        } else if (length < 0 || length > Math.min(size - TAIL_BYTES, MOST_FOOTER_BYTES)) {
            throw rows.damaged("its footer cannot have " + length + " bytes");
        }
        byte[] footerBytes = read(size - TAIL_BYTES - length, length).array();
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(footerBytes), MOST_FOOTER_BYTES);
        } catch (IOException | RuntimeException e) {
            throw rows.damaged("its footer is damaged", e);
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        if (position < 0) {
            throw rows.damaged("it is no Parquet file, or not whole");
        }
        return ColumnChunkReader.read(file, position, length, rows);
    }

    private List<FileColumn> columns() throws IOException {
        List<FileColumn> found = new ArrayList<>();
        List<SchemaElement> schema = footer.getSchema();
        int i = 1;
        while (i < schema.size()) {
            SchemaElement element = schema.get(i);
            if (!element.isSetNum_children() || element.getNum_children() == 0) {
                rows.column(element.getName()).ifPresent(column -> found.add(new FileColumn(column, element)));
            }
            i = end(schema, i);
        }
        for (FileColumn column : found) {
            if (column.element().getRepetition_type() == FieldRepetitionType.REPEATED) {
                throw rows.damaged("its column " + column.element().getName() + " has several values in a row");
            }
        }
        if (found.stream().noneMatch(column -> column.column() == InventoryColumn.KEY)) {
            throw rows.damaged("it has no column key");
        }
        return found;
    }

    /** Place behind an element of the schema and all that is within it. */
    private static int end(List<SchemaElement> schema, int start) {
        int left = 1;
        int at = start;
        while (left > 0 && at < schema.size()) {
            left += Math.max(0, schema.get(at).getNum_children()) - 1;
            at++;
        }
        return at;
    }

    @Override
    public InventoryRow next() throws IOException {
        try {
            while (rowsLeft == 0) {
                for (ColumnChunkReader chunk : chunks) {
                    chunk.end();
                }
                chunks = List.of();
                if (nextGroup == footer.getRow_groupsSize()) {
                    return null;
                }
                beginGroup(footer.getRow_groups().get(nextGroup++));
            }
            rowsLeft--;
            rows.begin();
            for (ColumnChunkReader chunk : chunks) {
                rows.set(chunk.column(), chunk.next());
            }
            return rows.row();
        } catch (InventoryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw rows.damaged("row group " + nextGroup + " is damaged", e);
        }
    }

    private void beginGroup(RowGroup group) throws IOException {
        if (group.getNum_rows() < 0) {
            throw rows.damaged("row group " + nextGroup + " has " + group.getNum_rows() + " rows");
        }
        chunks = new ArrayList<>();
        for (FileColumn column : columns) {
            chunks.add(new ColumnChunkReader(file, column, chunk(group, column), rows));
        }
        rowsLeft = group.getNum_rows();
    }

    private ColumnMetaData chunk(RowGroup group, FileColumn column) throws IOException {
        for (ColumnChunk chunk : group.getColumns()) {
            if (chunk.isSetMeta_data()
                    && chunk.getMeta_data()
                            .getPath_in_schema()
                            .equals(List.of(column.element().getName()))) {
                return chunk.getMeta_data();
            }
        }
        throw rows.damaged("row group " + nextGroup + " lacks the column "
                + column.element().getName());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
