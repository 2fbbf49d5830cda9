package dev.muster.emulator.keys;

/** A partitioned table of 3,000 days: {@code warehouse/events/dt=2017-03-04/part-00007-5d1e0f3c.snappy.parquet}. */
public record HiveKeys(long size) implements KeyGenerator {
    private static final long PARTITIONS = 3000;
    private static final long FIRST_DAY = 16_801; // 2016-01-01
    private static final byte[] HEAD = KeyText.utf8("warehouse/events/dt=");
    private static final byte[] PART = KeyText.utf8("/part-");
    private static final byte[] TAIL = KeyText.utf8(".snappy.parquet");

    @Override
    public int writeKey(long index, byte[] target) {
        long perPartition = Math.max(1, (size + PARTITIONS - 1) / PARTITIONS);
        int at = KeyText.text(HEAD, target, 0);
        at = KeyText.date(FIRST_DAY + index / perPartition, '-', target, at);
        at = KeyText.text(PART, target, at);
        at = KeyText.decimal(index % perPartition, 7, target, at);
        target[at++] = '-';
        at = KeyText.hex(ObjectFacts.mix(index), 8, target, at);
        return KeyText.text(TAIL, target, at);
    }
}
