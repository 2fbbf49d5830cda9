package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/** Values of one column in a row group: encoded page by page, and kept compressed until the group is whole. */
final class ColumnChunkWriter {
    private static final int PAGE_ROWS = 20_000;
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int ROWS_BETWEEN_CHECKS = 250;

    private final InventoryColumn column;
    private final PageCodec codec;
    private final ValuesWriter values;
    /** Tells which rows have a value. */
    private final RunLengthBitPackingHybridEncoder present =
            new RunLengthBitPackingHybridEncoder(1, 64, PAGE_ROWS, HeapByteBufferAllocator.getInstance());

    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final Set<Encoding> encodings = EnumSet.of(Encoding.RLE);
    private final ColumnBounds bounds = new ColumnBounds();
    private byte[] dictionary = {};
    private int rowsOfPage;
    private long rows;
    private long nulls;
    /** Size that the chunk would have uncompressed, with its headers. */
    private long plainBytes;

    ColumnChunkWriter(InventoryColumn column, PageCodec codec) {
        this.column = column;
        this.codec = codec;
        this.values = ColumnEncodings.writer(column, PAGE_BYTES);
    }

    void add(Binary value) throws IOException {
        values.writeBytes(value);
        bounds.add(value);
        endRow(1);
    }

    void add(long value) throws IOException {
        values.writeLong(value);
        bounds.add(value);
        endRow(1);
    }

    void add(boolean value) throws IOException {
        values.writeBoolean(value);
        endRow(1);
    }

    void addNull() throws IOException {
        nulls++;
        endRow(0);
    }

    private void endRow(int level) throws IOException {
        if (!column.required()) {
            present.writeInt(level);
        }
        rowsOfPage++;
        if (rowsOfPage == PAGE_ROWS
                || (rowsOfPage % ROWS_BETWEEN_CHECKS == 0 && values.getBufferedSize() >= PAGE_BYTES)) {
            endPage();
        }
    }

    private void endPage() throws IOException {
        BytesInput data = values.getBytes();
        if (!column.required()) {
            BytesInput levels = present.toBytes();
            data = BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels, data);
        }
        Encoding encoding = Encoding.valueOf(values.getEncoding().name());
        DataPageHeader header = new DataPageHeader(rowsOfPage, encoding, Encoding.RLE, Encoding.RLE);
        page(pages, data, new PageHeader().setType(PageType.DATA_PAGE).setData_page_header(header));
        encodings.add(encoding);
        values.reset();
        present.reset();
        rows += rowsOfPage;
        rowsOfPage = 0;
    }

    private void page(ByteArrayOutputStream target, BytesInput data, PageHeader header) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream((int) data.size());
        data.writeAllTo(copy);
        byte[] plain = copy.toByteArray();
        byte[] compressed = codec.compress(plain);
        CRC32 crc = new CRC32();
        crc.update(compressed);
        int before = target.size();
        Util.writePageHeader(
                header.setUncompressed_page_size(plain.length)
                        .setCompressed_page_size(compressed.length)
                        .setCrc((int) crc.getValue()),
                target);
        plainBytes += target.size() - before + plain.length;
        target.writeBytes(compressed);
    }

    /** Bytes kept. */
    int size() {
        return pages.size();
    }

    /**
     * Writes the chunk, which takes no more values.
     *
     * @param position of the stream in the file
     */
    ColumnChunk writeTo(OutputStream out, long position) throws IOException {
        if (rowsOfPage > 0) {
            endPage();
        }
        DictionaryPage distinct = values.toDictPageAndClose();
        if (distinct != null) {
            dictionary(distinct);
        }
        values.close();
        present.close();
        out.write(dictionary);
        pages.writeTo(out);
        ColumnMetaData facts = new ColumnMetaData(
                        ParquetSchema.physical(column),
                        List.copyOf(encodings),
                        List.of(column.label()),
                        codec.name(),
                        rows,
                        plainBytes,
                        dictionary.length + pages.size(),
                        position + dictionary.length)
                .setStatistics(bounds.statistics().setNull_count(nulls));
        if (dictionary.length > 0) {
            facts.setDictionary_page_offset(position);
        }
        return new ColumnChunk(position).setMeta_data(facts);
    }

    private void dictionary(DictionaryPage distinct) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        DictionaryPageHeader header = new DictionaryPageHeader(distinct.getDictionarySize(), Encoding.PLAIN);
        page(
                target,
                distinct.getBytes(),
                new PageHeader().setType(PageType.DICTIONARY_PAGE).setDictionary_page_header(header));
        dictionary = target.toByteArray();
        encodings.add(Encoding.PLAIN);
    }
}
