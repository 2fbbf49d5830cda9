package dev.muster.emulator.keys;

import dev.muster.emulator.keys.KeyGenerator.ObjectFacts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** Layouts of keys that occur in practice, by the names that tests and benchmarks print. */
public final class KeyLayouts {
    private static final Map<String, LongFunction<KeyGenerator>> ALL = all();

    private KeyLayouts() {}

    /** Every layout by name, in a fixed order; the function takes the number of objects. */
    public static Map<String, LongFunction<KeyGenerator>> byName() {
        return ALL;
    }

    private static Map<String, LongFunction<KeyGenerator>> all() {
        Map<String, LongFunction<KeyGenerator>> layouts = new LinkedHashMap<>();
        layouts.put("sequential", SequentialKeys::new);
        layouts.put("uuid", UuidKeys::new);
        layouts.put("dated", DatedLogKeys::new);
        layouts.put("hive", HiveKeys::new);
        layouts.put("tiny-directories", TinyDirectoryKeys::new);
        layouts.put("skew", SkewedKeys::new);
        layouts.put("cyrillic", CyrillicKeys::new);
        layouts.put("deep-prefix", DeepPrefixKeys::new);
        return Collections.unmodifiableMap(layouts);
    }

    /** Numbered frames: {@code frames/000000000042.jpg}. */
    public record SequentialKeys(long size) implements KeyGenerator {
        private static final byte[] HEAD = KeyText.utf8("frames/");
        private static final byte[] TAIL = KeyText.utf8(".jpg");

        @Override
        public int writeKey(long index, byte[] target) {
            int at = KeyText.decimal(index, 12, target, KeyText.text(HEAD, target, 0));
            return KeyText.text(TAIL, target, at);
        }
    }

    /** Random UUIDs without a common prefix, spread evenly over the key space, as upload services name their objects. */
    public record UuidKeys(long size) implements KeyGenerator {
        @Override
        public int writeKey(long index, byte[] target) {
            long random = ObjectFacts.mix(index ^ 0x2545f4914f6cdd1dL);
            long stride = Long.MAX_VALUE / size * 2;
            long high = index * stride + Math.multiplyHigh(random >>> 1, stride >>> 1);
            long low = ObjectFacts.mix(random);
            int at = KeyText.hex(high >>> 32, 8, target, 0);
            target[at++] = '-';
            at = KeyText.hex(high >>> 16, 4, target, at);
            target[at++] = '-';
            at = KeyText.hex(high, 4, target, at);
            target[at++] = '-';
            at = KeyText.hex(low >>> 48, 4, target, at);
            target[at++] = '-';
            return KeyText.hex(low, 12, target, at);
        }
    }

    /** Log files over three years in directories per hour: {@code logs/2023/04/05/06/web-060504-9af3c2d1.log.gz}. */
    public record DatedLogKeys(long size) implements KeyGenerator {
        private static final long FIRST_DAY = 18_993; // 2022-01-01
        private static final long MILLIS = 3L * 365 * 86_400_000;
        private static final byte[] HEAD = KeyText.utf8("logs/");
        private static final byte[] HOST = KeyText.utf8("/web-");
        private static final byte[] TAIL = KeyText.utf8(".log.gz");

        /** A log file is written when the minute that it begins with is over. */
        @Override
        public long modifiedSecond(long index) {
            return FIRST_DAY * 86_400 + millis(index) / 1000 + 60;
        }

        private long millis(long index) {
            return (long) ((double) index / size * MILLIS);
        }

        @Override
        public int writeKey(long index, byte[] target) {
            long millis = millis(index);
            long second = millis / 1000 % 86_400;
            int at = KeyText.text(HEAD, target, 0);
            at = KeyText.date(FIRST_DAY + millis / 86_400_000, '/', target, at);
            target[at++] = '/';
            at = KeyText.decimal(second / 3600, 2, target, at);
            at = KeyText.text(HOST, target, at);
            at = KeyText.decimal(second / 3600, 2, target, at);
            at = KeyText.decimal(second / 60 % 60, 2, target, at);
            at = KeyText.decimal(second % 60, 2, target, at);
            target[at++] = '-';
            at = KeyText.hex(index, 8, target, at);
            return KeyText.text(TAIL, target, at);
        }
    }

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

    /** Half as many directories as objects, two objects in each: {@code users/u00000012/profile.json}. */
    public record TinyDirectoryKeys(long size) implements KeyGenerator {
        private static final byte[] HEAD = KeyText.utf8("users/u");
        private static final byte[] FIRST = KeyText.utf8("/avatar.png");
        private static final byte[] SECOND = KeyText.utf8("/profile.json");

        @Override
        public int writeKey(long index, byte[] target) {
            int at = KeyText.decimal(index / 2, 10, target, KeyText.text(HEAD, target, 0));
            return KeyText.text(index % 2 == 0 ? FIRST : SECOND, target, at);
        }
    }

    /** One hot prefix holds 95 % of the keys; the rest is spread over hexadecimal prefixes on both sides of it. */
    public record SkewedKeys(long size) implements KeyGenerator {
        private static final byte[] HOT = KeyText.utf8("8f/production/recordings/");
        private static final byte[] COLD = KeyText.utf8("/archive/");

        @Override
        public int writeKey(long index, byte[] target) {
            long coldOnEachSide = size / 40;
            if (index < coldOnEachSide) {
                return cold(index * 0x8f / coldOnEachSide, index, target);
            }
            long behind = index - (size - coldOnEachSide);
            if (behind >= 0) {
                return cold(0x90 + behind * 0x70 / coldOnEachSide, index, target);
            }
            return KeyText.decimal(index * 37, 14, target, KeyText.text(HOT, target, 0));
        }

        private static int cold(long group, long index, byte[] target) {
            int at = KeyText.text(COLD, target, KeyText.hex(group, 2, target, 0));
            return KeyText.hex(index, 12, target, at);
        }
    }

    /** Russian words without a single ASCII letter: {@code документы/абвгд/еёжзи.пдф}; the letters count in base 32. */
    public record CyrillicKeys(long size) implements KeyGenerator {
        private static final byte[] HEAD = KeyText.utf8("документы/");
        private static final byte[] TAIL = KeyText.utf8(".док");
        private static final int BITS = 5;

        @Override
        public int writeKey(long index, byte[] target) {
            int at = letters(index >>> (3 * BITS), 4, target, KeyText.text(HEAD, target, 0));
            target[at++] = '/';
            at = letters(index, 3, target, at);
            return KeyText.text(TAIL, target, at);
        }

        private static int letters(long value, int count, byte[] target, int start) {
            int at = start;
            for (int shift = (count - 1) * BITS; shift >= 0; shift -= BITS) {
                int letter = 0x430 + (int) ((value >>> shift) & 31);
                target[at++] = (byte) (0xc0 | (letter >>> 6));
                target[at++] = (byte) (0x80 | (letter & 0x3f));
            }
            return at;
        }
    }

    /** One flat directory at the end of a path of 700 bytes, so that keys differ only at their end. */
    public record DeepPrefixKeys(long size) implements KeyGenerator {
        private static final byte[] HEAD = KeyText.utf8("department-of-long-names/".repeat(28));

        @Override
        public int writeKey(long index, byte[] target) {
            int at = KeyText.text(HEAD, target, 0);
            return KeyText.hex(index * 0x9e37L, 12, target, at);
        }
    }
}
