package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryColumn;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Encoding of each column: keys by what they share with the one before; ETags and ids as they are, with the lengths apart;
 * sizes and dates by differences; whatever repeats by a dictionary, as long as it stays small.
 */
final class ColumnEncodings {
    private static final int SLAB_BYTES = 1024;
    private static final int DICTIONARY_BYTES = 128 * 1024;

    private ColumnEncodings() {}

    static ValuesWriter writer(InventoryColumn column, int pageBytes) {
        ByteBufferAllocator heap = HeapByteBufferAllocator.getInstance();
        return switch (column.type()) {
            case KEY -> new DeltaByteArrayWriter(SLAB_BYTES, pageBytes, heap);
            case FLAG -> new BooleanPlainValuesWriter();
            case NUMBER, TIME -> new DeltaBinaryPackingValuesWriterForLong(SLAB_BYTES, pageBytes, heap);
            case TEXT -> {
                ValuesWriter plain = new DeltaLengthByteArrayValuesWriter(SLAB_BYTES, pageBytes, heap);
                yield column == InventoryColumn.E_TAG || column == InventoryColumn.VERSION_ID
                        ? plain
                        : FallbackValuesWriter.of(new RepeatingDictionary(heap), plain);
            }
        };
    }

    /** A dictionary in which a value that comes again at once, as that of the row before, is not looked up. */
    private static final class RepeatingDictionary extends PlainBinaryDictionaryValuesWriter {
        private Binary last;
        private int indexOfLast;

        RepeatingDictionary(ByteBufferAllocator heap) {
            super(DICTIONARY_BYTES, Encoding.RLE_DICTIONARY, Encoding.PLAIN, heap);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // another one of the same bytes is looked up
        public void writeBytes(Binary value) {
            if (value == last) {
                encodedValues.add(indexOfLast);
            } else {
                super.writeBytes(value);
                last = value;
                indexOfLast = binaryDictionaryContent.getInt(value);
            }
        }

        @Override
        public void resetDictionary() {
            super.resetDictionary();
            last = null;
        }
    }
}
