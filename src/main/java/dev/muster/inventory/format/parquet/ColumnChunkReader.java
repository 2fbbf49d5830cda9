package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.RowAssembler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Reads the values of one column in a row group, page by page. */
final class ColumnChunkReader {
    private static final int MOST_PAGE_BYTES = 128 * 1024 * 1024;
    private static final int MOST_PAGE_VALUES = 16 * 1024 * 1024;
    /** A header is short but for the bounds of long values. */
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    private final FileChannel file;
    private final ParquetRowReader.FileColumn column;
    private final ColumnMetaData facts;
    private final RowAssembler rows;
    private final ValueDecoder decoder;
    private final long end;
    private long position;
    private RunLengthBitPackingHybridDecoder levels;
    private ValuesReader values;
    private int valuesLeft;

    ColumnChunkReader(FileChannel file, ParquetRowReader.FileColumn column, ColumnMetaData facts, RowAssembler rows)
            throws IOException {
        this.file = file;
        this.column = column;
        this.facts = facts;
        this.rows = rows;
        this.decoder = new ValueDecoder(column, facts.getType(), rows);
        // Some writers set the place of a dictionary to 0 where there is none.
        this.position = facts.isSetDictionary_page_offset() && facts.getDictionary_page_offset() > 0
                ? Math.min(facts.getDictionary_page_offset(), facts.getData_page_offset())
                : facts.getData_page_offset();
        this.end = position + facts.getTotal_compressed_size();
        if (position < 0 || facts.getTotal_compressed_size() < 0 || end > file.size()) {
            throw damaged("lies beyond the end of the file");
        }
    }

    InventoryColumn column() {
        return column.column();
    }

    /** The value of the next row; null if it has none. */
    Object next() throws IOException {
        while (valuesLeft == 0) {
            nextPage();
        }
        valuesLeft--;
        return levels != null && levels.readInt() == 0 ? null : decoder.value(values);
    }

    /** Makes sure that no value is left. */
    void end() throws IOException {
        if (valuesLeft > 0) {
            throw damaged("has more values than the row group has rows");
        }
    }

    private void nextPage() throws IOException {
        if (position >= end) {
            throw damaged("has fewer values than the row group has rows");
        }
        ByteArrayInputStream in =
                new ByteArrayInputStream(read(file, position, (int) Math.min(MOST_HEADER_BYTES, end - position), rows)
                        .array());
        int available = in.available();
        PageHeader header = Util.readPageHeader(in);
        position += available - in.available();
        int size = header.getCompressed_page_size();
        if (size < 0
                || size > end - position
                || size > MOST_PAGE_BYTES
                || header.getUncompressed_page_size() < 0
                || header.getUncompressed_page_size() > MOST_PAGE_BYTES) {
            throw damaged("has a page of " + size + " bytes, uncompressed " + header.getUncompressed_page_size());
        }
        byte[] page = read(file, position, size, rows).array();
        position += size;
        check(header, page);
        switch (header.getType()) {
            case DICTIONARY_PAGE ->
                decoder.dictionary(
                        plain(page, header), header.getDictionary_page_header().getNum_values());
            case DATA_PAGE -> begin(header.getData_page_header(), plain(page, header));
            case DATA_PAGE_V2 -> begin(header.getData_page_header_v2(), page, header.getUncompressed_page_size());
            case INDEX_PAGE -> {}
        }
    }

    private void check(PageHeader header, byte[] page) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(page);
        if (header.isSetCrc() && header.getCrc() != (int) crc.getValue()) {
            throw damaged("has a page whose checksum is not that of its bytes");
        }
    }

    private byte[] plain(byte[] page, PageHeader header) throws IOException {
        return PageCodec.decompress(facts.getCodec(), page, header.getUncompressed_page_size(), rows);
    }

    private void begin(DataPageHeader header, byte[] page) throws IOException {
        ByteBufferInputStream in = ByteBufferInputStream.wrap(ByteBuffer.wrap(page));
        levels = null;
        if (column.optional()) {
            if (header.getDefinition_level_encoding() != Encoding.RLE) {
                throw damaged("has levels in the encoding " + header.getDefinition_level_encoding());
            }
            int length = Integer.reverseBytes(in.slice(Integer.BYTES).getInt());
            levels = new RunLengthBitPackingHybridDecoder(1, ByteBufferInputStream.wrap(in.slice(length)));
        }
        begin(header.getEncoding(), header.getNum_values(), in);
    }

    private void begin(DataPageHeaderV2 header, byte[] page, int plainBytes) throws IOException {
        int levelBytes = header.getRepetition_levels_byte_length() + header.getDefinition_levels_byte_length();
        byte[] data = Arrays.copyOfRange(page, levelBytes, page.length);
        if (header.isIs_compressed() && data.length > 0) {
            data = PageCodec.decompress(facts.getCodec(), data, plainBytes - levelBytes, rows);
        }
        levels = column.optional()
                ? new RunLengthBitPackingHybridDecoder(
                        1,
                        new ByteArrayInputStream(
                                page,
                                header.getRepetition_levels_byte_length(),
                                header.getDefinition_levels_byte_length()))
                : null;
        begin(header.getEncoding(), header.getNum_values(), ByteBufferInputStream.wrap(ByteBuffer.wrap(data)));
    }

    private void begin(Encoding encoding, int count, ByteBufferInputStream data) throws IOException {
        if (count < 0 || count > MOST_PAGE_VALUES) {
            throw damaged("has a page of " + count + " values");
        }
        values = decoder.reader(encoding, count, data);
        valuesLeft = count;
    }

    private IOException damaged(String why) {
        return rows.damaged("its column " + column.element().getName() + " " + why);
    }

    /** Bytes of the file, in an array of their own. */
    static ByteBuffer read(FileChannel file, long position, int length, RowAssembler rows) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            if (file.read(target, position + target.position()) < 0) {
                throw rows.damaged("it ends too early");
            }
        }
        return target.flip();
    }
}
