package dev.muster.audit.split;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** Key layouts seen in the wild, and adversaries that no single interpretation of keys fits. */
final class SimulatedLayouts {
    private static final String CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
    private static final String BASE64 = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private SimulatedLayouts() {}

    static List<Layout> wellKnown(long size) {
        return List.of(
                sequential(size),
                uuid(size),
                dated(size),
                hive(size),
                tinyDirectories(size),
                skew(size),
                cyrillic(size),
                deepPrefix(size));
    }

    static List<Layout> adversaries(long size) {
        return List.of(
                mixture(size),
                variableWidth(size),
                base64(size),
                emojiAndIdeographs(size),
                clusterBetweenOutliers(size),
                exponentialPrefixes(size),
                nestedDepths(size),
                controls(size),
                hexDirectories(size),
                camera(size),
                twoTenants(size),
                powerLawTenants(size),
                logSegments(size),
                reversedTimestamps(size));
    }

    static Layout sequential(long size) {
        return new Layout("sequential", size, i -> "data/object-" + pad(i, 10) + ".bin");
    }

    static Layout uuid(long size) {
        return new Layout("uuid", size, i -> uuidOf(i, size));
    }

    static Layout dated(long size) {
        LocalDate start = LocalDate.of(2023, 12, 11);
        return new Layout("dated logs", size, i -> {
            long slot = i / 100;
            LocalDate day = start.plusDays(slot / 240);
            return "logs/" + pad(day.getYear(), 4) + '/' + pad(day.getMonthValue(), 2) + '/'
                    + pad(day.getDayOfMonth(), 2) + '/' + pad(slot / 10 % 24, 2) + "/host-" + pad(slot % 10, 2) + '/'
                    + pad(i % 100 * 36, 4) + '-' + hex(mix(i), 8) + ".gz";
        });
    }

    static Layout hive(long size) {
        LocalDate start = LocalDate.of(2024, 1, 1);
        long perPartition = Math.max(1, size / 3000);
        return new Layout("hive", size, i -> {
            long partition = i / perPartition;
            LocalDate day = start.plusDays(partition / 24);
            return "warehouse/events/dt=" + day + "/hour=" + pad(partition % 24, 2) + "/part-"
                    + pad(i % perPartition, 5) + '-' + hex(mix(i), 12) + ".parquet";
        });
    }

    static Layout tinyDirectories(long size) {
        return new Layout("tiny directories", size, i -> "d" + pad(i / 2, 7) + (i % 2 == 0 ? "/a.json" : "/b.json"));
    }

    static Layout skew(long size) {
        long small = size / 40;
        return concatenation(
                "95/5 skew",
                new Layout("", small, i -> "a/" + pad(i, 8)),
                new Layout("", size - 2 * small, i -> "hot/data/" + pad(i, 9)),
                new Layout("", small, i -> "z/" + pad(i, 8)));
    }

    static Layout cyrillic(long size) {
        return new Layout("cyrillic", size, i -> {
            long seed = scaled(i, size);
            return "документы/" + letters(CYRILLIC, seed, 6) + "/отчёт-" + pad(i % 1000, 3) + ".pdf";
        });
    }

    static Layout deepPrefix(long size) {
        String prefix = "глубоко/very-long-name_0123/".repeat(20).substring(0, 545);
        return new Layout("700-byte prefix", size, i -> prefix + pad(i, 9));
    }

    static Layout mixture(long size) {
        long part = size / 7;
        return concatenation(
                "mixture",
                hexDirectories(part / 3),
                under("A/", cyrillic(part / 2)),
                under("backup/", dated(part)),
                under("db/", hive(part)),
                under("photos/", base64(part)),
                sequential2(size - part * 5 - part / 2 - part / 3),
                under("x/y/z/", uuid(part)),
                under("архив/", tinyDirectories(part)));
    }

    private static Layout sequential2(long size) {
        return new Layout("", size, i -> "queue-" + pad(i * 7, 12));
    }

    static Layout variableWidth(long size) {
        // Preorder of the decimal tree: sorted order of the unpadded numbers 1..size.
        return new Layout("variable width", size, i -> "n/" + lexicographic(i, size));
    }

    static Layout base64(long size) {
        return new Layout("base64 names", size, i -> letters(BASE64, scaled(i, size), 10) + ".jpg");
    }

    static Layout emojiAndIdeographs(long size) {
        long half = size / 2;
        return concatenation(
                "emoji and ideographs",
                new Layout("", half, i -> new StringBuilder("照/")
                        .appendCodePoint(0x4E00 + (int) (i / 400 * 5000 / (half / 400 + 1)))
                        .appendCodePoint(0x5100 + (int) (i % 400) * 7)
                        .append(pad(i, 7))
                        .append(".png")
                        .toString()),
                new Layout("", size - half, i -> new StringBuilder("😀/")
                        .appendCodePoint(0x1F300 + (int) (i * 300 / (size - half)))
                        .append(pad(i, 8))
                        .toString()));
    }

    static Layout clusterBetweenOutliers(long size) {
        long outliers = 500;
        return concatenation(
                "cluster and outliers",
                new Layout("", outliers, i -> "00" + pad(i * 9973, 8)),
                new Layout("", size - 2 * outliers, i -> "55/cluster/k" + pad(i, 8)),
                new Layout("", outliers, i -> "f" + pad(i * 9973, 8)));
    }

    static Layout exponentialPrefixes(long size) {
        List<Layout> parts = new ArrayList<>();
        long rest = size;
        for (int i = 0; i < 12; i++) {
            long part = i == 11 ? rest : rest / 2;
            rest -= part;
            parts.add(under("p" + pad((i * 5) % 12, 2) + "/", uuid(part)));
        }
        parts.sort((a, b) -> Keys.compare(a.keyAt().apply(0), b.keyAt().apply(0)));
        return concatenation("exponential prefixes", parts.toArray(Layout[]::new));
    }

    static Layout nestedDepths(long size) {
        List<Layout> parts = new ArrayList<>();
        String path = "";
        for (int depth = 0; depth < 10; depth++) {
            parts.add(under(path + "0file-", sequential2(size / 10)));
            path += "level" + depth + "/";
        }
        return concatenation("nested depths", parts.toArray(Layout[]::new));
    }

    /** Directories each in the one before, and in each as many files: what comes next is always a level deeper. */
    static Layout nested(long size, int levels) {
        long each = size / levels;
        return new Layout("nested levels", size, i -> "x/".repeat((int) (i / each)) + "f" + pad(i % each, 7));
    }

    static Layout controls(long size) {
        String[] symbols = {
            "\u0001", "\t", "\n", " ", "&", "<", "\u007f", "\u0085", "\ufffd", "\ud83d\ude00", "\udbff\udfff"
        };
        return new Layout("control characters", size, i -> {
            StringBuilder key = new StringBuilder();
            long radix = 1;
            while (radix < size) {
                radix *= symbols.length;
            }
            for (long place = radix / symbols.length; place > 0; place /= symbols.length) {
                key.append(symbols[(int) (i / place % symbols.length)]);
            }
            return key.append("k").toString();
        });
    }

    static Layout hexDirectories(long size) {
        return new Layout("hex directories", size, i -> {
            long hash = scaled(i, size) >>> 1;
            return hex(hash >>> 55, 2) + '/' + hex(hash >>> 47, 2) + '/' + hex(hash >>> 15, 8) + hex(mix(i), 24);
        });
    }

    static Layout camera(long size) {
        return new Layout("camera", size, i -> {
            long folder = i / 1500;
            return "DCIM/" + pad(100 + folder, 4) + (folder % 3 == 0 ? "APPLE" : "CANON") + "/IMG_"
                    + pad(i % 1500 * 3, 4) + (i % 2 == 0 ? ".HEIC" : ".MOV");
        });
    }

    static Layout twoTenants(long size) {
        LocalDate start = LocalDate.of(2022, 6, 1);
        return new Layout("tenants by date", size, i -> {
            long tenant = i * 40 / size;
            long within = i - (tenant * size + 39) / 40;
            return "tenant-" + hex(((mix(tenant) >>> 1) & 0x0fff) | (tenant << 12), 5) + "/"
                    + start.plusDays(within / 300) + "T" + pad(within % 300 * 4, 4) + "Z-" + hex(mix(i), 6);
        });
    }

    static Layout powerLawTenants(long size) {
        List<Layout> parts = new ArrayList<>();
        double total = 0;
        for (int i = 1; i <= 200; i++) {
            total += 1.0 / i;
        }
        long used = 0;
        for (int i = 0; i < 200; i++) {
            int rank = (i * 77) % 200 + 1;
            long part = i == 199 ? size - used : Math.min(size - used, Math.max(1, (long) (size / total / rank)));
            used += part;
            if (part > 0) {
                parts.add(under("customer=" + pad(1000 + i * 37L, 6) + "/", uuid(part)));
            }
        }
        return concatenation("power-law tenants", parts.toArray(Layout[]::new));
    }

    /** Archives of five PostgreSQL clusters: base backups, and write-ahead log segments in two hexadecimal numbers. */
    static Layout logSegments(long size) {
        Layout[] clusters = new Layout[5];
        for (int i = 0; i < clusters.length; i++) {
            String log = "wal_005/" + pad(i + 1L, 8);
            long offset = i * 7919L;
            clusters[i] = under(
                    "pg/cluster-" + i + "/",
                    concatenation(
                            "",
                            new Layout("", size / 500, n -> "basebackups_005/base_" + pad(n, 8) + "/part_001.tar.lz4"),
                            new Layout("", size / 5 - size / 500, n -> log + segment(n + offset) + ".lz4")));
        }
        return concatenation("database log segments", clusters);
    }

    private static String segment(long number) {
        return (hex(number >>> 8, 8) + hex(number & 0xFF, 8)).toUpperCase(Locale.ROOT);
    }

    static Layout reversedTimestamps(long size) {
        return new Layout(
                "millisecond stamps", size, i -> "ev/" + (1_700_000_000_000L + i * 2713 + Math.floorMod(mix(i), 2000)));
    }

    static Layout under(String prefix, Layout layout) {
        return new Layout(
                layout.name(), layout.size(), i -> prefix + layout.keyAt().apply(i));
    }

    static Layout concatenation(String name, Layout... parts) {
        long[] starts = new long[parts.length + 1];
        for (int i = 0; i < parts.length; i++) {
            starts[i + 1] = starts[i] + parts[i].size();
        }
        LongFunction<String> keyAt = index -> {
            int part = Arrays.binarySearch(starts, index);
            if (part < 0) {
                part = -part - 2;
            }
            while (parts[part].size() == 0) {
                part++;
            }
            return parts[part].keyAt().apply(index - starts[part]);
        };
        return new Layout(name, starts[parts.length], keyAt);
    }

    /** The index spread over all 63-bit numbers, with noise as hashes have it. */
    private static long scaled(long index, long size) {
        double noise = (mix(index) >>> 11) * 0x1.0p-53 * 0.999;
        long step = Long.MAX_VALUE / Math.max(1, size);
        return index * step + (long) (noise * step);
    }

    private static String uuidOf(long index, long size) {
        String high = hex(scaled(index, size) << 1, 16);
        String low = hex(mix(index), 16);
        return high.substring(0, 8) + '-' + high.substring(8, 12) + "-4" + high.substring(13) + '-'
                + low.substring(0, 4) + '-' + low.substring(4);
    }

    private static String letters(String alphabet, long fraction, int length) {
        StringBuilder word = new StringBuilder(length);
        double rest = fraction / (double) Long.MAX_VALUE;
        for (int i = 0; i < length; i++) {
            rest *= alphabet.length();
            int symbol = (int) Math.min(alphabet.length() - 1L, (long) rest);
            word.append(alphabet.charAt(symbol));
            rest -= symbol;
        }
        return word.toString();
    }

    private static String lexicographic(long index, long size) {
        long current = 1;
        long left = index;
        while (left > 0) {
            long count = 0;
            for (long first = current, next = current + 1; first <= size; first *= 10, next *= 10) {
                count += Math.min(size + 1, next) - first;
            }
            if (count <= left) {
                left -= count;
                current++;
            } else {
                left--;
                current *= 10;
            }
        }
        return Long.toString(current);
    }

    static String pad(long number, int width) {
        String digits = Long.toString(number);
        return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
    }

    private static String hex(long number, int width) {
        String digits = Long.toHexString(number);
        return digits.length() >= width
                ? digits.substring(digits.length() - width)
                : "0".repeat(width - digits.length()) + digits;
    }

    static long mix(long value) {
        long z = (value + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
