package dev.muster.inventory.format;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.keys.KeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Rows for tests. */
public final class SampleRows {
    /** Keys that are text and yet hard to write, in order of their bytes. */
    public static final List<String> AWKWARD_KEYS = List.of(
                    " leading and trailing ",
                    "a,b;c\td",
                    "a\"quoted\"b",
                    "a%2Fb",
                    "a&b<c>d",
                    "a+b c",
                    "a\\b",
                    "a\nb\r\nc",
                    "a\u0001\u007f",
                    "line\u2028separator",
                    "ключ/日本語/ё",
                    "\ufffd\uffff",
                    "\ud83d\ude00.txt",
                    "null",
                    "k".repeat(1024))
            .stream()
            .sorted((left, right) -> ObjectKey.of(left).compareTo(ObjectKey.of(right)))
            .toList();

    private SampleRows() {}

    /** Rows of a generated bucket, as a listing has them. */
    public static List<InventoryRow> of(String bucket, KeyGenerator keys) {
        return LongStream.range(0, keys.size())
                .mapToObj(index -> row(bucket, ObjectKey.copyOf(keys.key(index)), index, keys))
                .toList();
    }

    private static InventoryRow row(String bucket, ObjectKey key, long index, KeyGenerator keys) {
        String eTag = index % 9 == 0
                ? String.format("%032x-%d", KeyGenerator.ObjectFacts.mix(index), index % 7 + 1)
                : String.format(
                        "%016x%016x", KeyGenerator.ObjectFacts.mix(index), KeyGenerator.ObjectFacts.mix(~index));
        return new InventoryRow(
                bucket,
                key,
                null,
                null,
                null,
                keys.bytes(index),
                keys.modifiedSecond(index) * 1000,
                eTag,
                keys.storageClass(index).name(),
                InventoryRow.multipart(eTag),
                null,
                null,
                "111122223333",
                "eu-central-1");
    }

    /** A row of which nothing is known but the key. */
    public static InventoryRow bare(String bucket, ObjectKey key) {
        return new InventoryRow(bucket, key, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Rows with values of every kind, many of them unknown, with versions and keys of any bytes, in key order. */
    public static List<InventoryRow> random(Random random, int count) {
        List<InventoryRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new InventoryRow(
                    "bucket-" + random.nextInt(2),
                    key(random),
                    maybe(random, text(random)),
                    maybe(random, random.nextBoolean()),
                    maybe(random, random.nextBoolean()),
                    maybe(random, random.nextLong() >>> (1 + random.nextInt(63))),
                    maybe(random, random.nextLong() >>> (20 + random.nextInt(40))),
                    maybe(random, text(random)),
                    maybe(random, random.nextBoolean() ? "STANDARD" : text(random)),
                    maybe(random, random.nextBoolean()),
                    maybe(random, "CRC32"),
                    maybe(random, text(random)),
                    maybe(random, "11112222333" + random.nextInt(10)),
                    maybe(random, text(random))));
        }
        rows.sort((left, right) -> left.bucket().equals(right.bucket())
                ? left.key().compareTo(right.key())
                : left.bucket().compareTo(right.bucket()));
        return rows;
    }

    private static <T> T maybe(Random random, T value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    private static ObjectKey key(Random random) {
        if (random.nextInt(3) == 0) {
            byte[] bytes = new byte[1 + random.nextInt(20)];
            random.nextBytes(bytes);
            return ObjectKey.copyOf(bytes);
        }
        return ObjectKey.of("dir/" + text(random) + "x");
    }

    private static String text(Random random) {
        String awkward = AWKWARD_KEYS.get(random.nextInt(AWKWARD_KEYS.size() - 1));
        return random.nextBoolean() ? awkward : Long.toHexString(random.nextLong());
    }
}
