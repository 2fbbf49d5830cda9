package dev.muster.inventory.format.parquet;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.io.api.Binary;

/** Least and greatest value of a column in a row group, by which a reader passes over groups. */
final class ColumnBounds {
    private static final int LONGEST = 256;

    private byte[] least;
    private byte[] greatest;
    private Binary last;
    private long leastNumber = Long.MAX_VALUE;
    private long greatestNumber = Long.MIN_VALUE;

    /** Takes a value; bytes compare as unsigned numbers. */
    @SuppressWarnings("ReferenceEquality") // that of the row before, which is told quickly or not at all
    void add(Binary value) {
        if (value == last) {
            return;
        }
        last = value;
        byte[] bytes = value.getBytesUnsafe();
        if (least == null || Arrays.compareUnsigned(bytes, least) < 0) {
            least = bytes;
        }
        if (greatest == null || Arrays.compareUnsigned(bytes, greatest) > 0) {
            greatest = bytes;
        }
    }

    void add(long value) {
        leastNumber = Math.min(leastNumber, value);
        greatestNumber = Math.max(greatestNumber, value);
    }

    /** The bounds as a footer has them; without those that are long. */
    Statistics statistics() {
        Statistics statistics = new Statistics();
        if (leastNumber <= greatestNumber) {
            statistics.setMin_value(BytesUtils.longToBytes(leastNumber));
            statistics.setMax_value(BytesUtils.longToBytes(greatestNumber));
        } else if (least != null && least.length <= LONGEST && greatest.length <= LONGEST) {
            statistics.setMin_value(least);
            statistics.setMax_value(greatest);
        }
        return statistics;
    }
}
