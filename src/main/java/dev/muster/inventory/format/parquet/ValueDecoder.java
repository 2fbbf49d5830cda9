package dev.muster.inventory.format.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.RowAssembler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesReader;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.apache.parquet.column.values.dictionary.DictionaryValuesReader;
import org.apache.parquet.column.values.dictionary.PlainValuesDictionary;
import org.apache.parquet.column.values.plain.BinaryPlainValuesReader;
import org.apache.parquet.column.values.plain.BooleanPlainValuesReader;
import org.apache.parquet.column.values.plain.PlainValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesReader;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** Decodes values of a column to those of rows. */
final class ValueDecoder {
    private static final int MOST_BLOCK_VALUES = 1024 * 1024;

    private final ParquetRowReader.FileColumn column;
    private final Type type;
    private final RowAssembler rows;
    private final TimeUnit timeUnit;
    private Dictionary dictionary;
    /** The dictionary's values, as far as they were asked for. */
    private Object[] decoded = {};

    ValueDecoder(ParquetRowReader.FileColumn column, Type type, RowAssembler rows) throws IOException {
        this.column = column;
        this.type = type;
        this.rows = rows;
        this.timeUnit = timeUnit(column.element());
        boolean fits =
                switch (column.column().type()) {
                    case TEXT, KEY -> type == Type.BYTE_ARRAY;
                    case FLAG -> type == Type.BOOLEAN;
                    case NUMBER -> type == Type.INT64 || type == Type.INT32;
                    case TIME -> type == Type.INT64 && timeUnit != null;
                };
        if (!fits) {
            throw rows.damaged("its column " + column.element().getName() + " has the type " + type
                    + ", which is not that of Amazon S3 Inventory");
        }
    }

    private static TimeUnit timeUnit(SchemaElement element) {
        if (element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS) {
            return TimeUnit.MILLISECONDS;
        } else if (element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS) {
            return TimeUnit.MICROSECONDS;
        } else if (!element.isSetLogicalType() || !element.getLogicalType().isSetTIMESTAMP()) {
            return null;
        }
        org.apache.parquet.format.TimeUnit unit =
                element.getLogicalType().getTIMESTAMP().getUnit();
        if (unit.isSetMILLIS()) {
            return TimeUnit.MILLISECONDS;
        }
        return unit.isSetMICROS() ? TimeUnit.MICROSECONDS : TimeUnit.NANOSECONDS;
    }

    void dictionary(byte[] page, int size) throws IOException {
        if (size < 0 || size > page.length) {
            throw rows.damaged("its column " + column.element().getName() + " has a dictionary of " + size + " values");
        }
        DictionaryPage distinct =
                new DictionaryPage(BytesInput.from(page), size, org.apache.parquet.column.Encoding.PLAIN);
        dictionary = switch (type) {
            case BYTE_ARRAY -> new PlainValuesDictionary.PlainBinaryDictionary(distinct);
            case INT64 -> new PlainValuesDictionary.PlainLongDictionary(distinct);
            default -> new PlainValuesDictionary.PlainIntegerDictionary(distinct);
        };
        decoded = new Object[size];
    }

    /**
     * A reader of a page's values.
     *
     * @param count of values and of nulls
     */
    ValuesReader reader(Encoding encoding, int count, ByteBufferInputStream data) throws IOException {
        ValuesReader reader =
                switch (encoding) {
                    case PLAIN -> plain();
                    case PLAIN_DICTIONARY, RLE_DICTIONARY -> byDictionary();
                    case RLE -> type == Type.BOOLEAN ? new RunLengthBitPackingHybridValuesReader(1) : null;
                    case DELTA_BINARY_PACKED -> delta(data, count, new DeltaBinaryPackingValuesReader());
                    case DELTA_LENGTH_BYTE_ARRAY -> delta(data, count, new DeltaLengthByteArrayValuesReader());
                    case DELTA_BYTE_ARRAY -> delta(data, count, new DeltaByteArrayReader());
                    default -> null;
                };
        if (reader == null) {
            throw rows.damaged("its column " + column.element().getName() + " has values in the encoding " + encoding
                    + ", which is not read");
        }
        if (data.available() > 0) { // else all are null
            reader.initFromPage(count, data);
        }
        return reader;
    }

    private ValuesReader plain() {
        return switch (type) {
            case BYTE_ARRAY -> new BinaryPlainValuesReader();
            case BOOLEAN -> new BooleanPlainValuesReader();
            case INT64 -> new PlainValuesReader.LongPlainValuesReader();
            default -> new PlainValuesReader.IntegerPlainValuesReader();
        };
    }

    private ValuesReader byDictionary() throws IOException {
        if (dictionary == null) {
            throw rows.damaged("its column " + column.element().getName() + " lacks its dictionary");
        }
        return new DictionaryValuesReader(dictionary);
    }

    /** Makes sure that the numbers in front of the values can be true, before room is made for as many. */
    private ValuesReader delta(ByteBufferInputStream data, int count, ValuesReader reader) throws IOException {
        if (data.available() > 0) {
            data.mark(data.available());
            int block = BytesUtils.readUnsignedVarInt(data);
            int parts = BytesUtils.readUnsignedVarInt(data);
            int total = BytesUtils.readUnsignedVarInt(data);
            data.reset();
            if (block <= 0 || block > MOST_BLOCK_VALUES || parts <= 0 || parts > block || total < 0 || total > count) {
                throw rows.damaged("its column " + column.element().getName() + " has a page of " + count
                        + " values that claims to have " + total);
            }
        }
        return reader;
    }

    /** The next value of a page, of the class of its column's type. */
    Object value(ValuesReader values) {
        if (values instanceof DictionaryValuesReader) {
            int id = values.readValueDictionaryId();
            if (decoded[id] == null) {
                decoded[id] = ofDictionary(id);
            }
            return decoded[id];
        }
        return switch (type) {
            case BYTE_ARRAY -> ofBytes(values.readBytes().getBytesUnsafe());
            case BOOLEAN -> values.readBoolean();
            case INT64 -> ofNumber(values.readLong());
            default -> ofNumber(values.readInteger());
        };
    }

    private Object ofDictionary(int id) {
        return switch (type) {
            case BYTE_ARRAY -> ofBytes(dictionary.decodeToBinary(id).getBytes());
            case INT64 -> ofNumber(dictionary.decodeToLong(id));
            default -> ofNumber(dictionary.decodeToInt(id));
        };
    }

    private Object ofBytes(byte[] bytes) {
        return column.column() == InventoryColumn.KEY ? ObjectKey.copyOf(bytes) : new String(bytes, UTF_8);
    }

    private Object ofNumber(long number) {
        return timeUnit == null ? number : timeUnit.toMillis(number);
    }
}
