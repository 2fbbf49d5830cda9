package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Layouts that nobody has thought of: known ones and random key trees, mixed under random prefixes, sizes and skews. */
final class RandomLayouts {
    /** The first ones are those of most keys in the wild, and are drawn more often. */
    private static final List<String> ALPHABETS = List.of(
            "0123456789",
            "0123456789abcdef",
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "abcdefghijklmnopqrstuvwxyz",
            "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
            "абвгдежзийклмнопрстуфхцчшщъыьэюя",
            "aeiou",
            "01",
            " !#$%&'()+,-.:;=@[]^_`{}~",
            "àâçéèêëîïôûùüÿñ",
            "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ",
            "東京都市区町村山川田中大小上下左右前後新古高低長短");

    private static final int COMMON = 5;
    private static final String[] ENDS = {"/", "/", "-", "=", "", "_"};
    private static final int MOST_DIVISIBLE = 2000;

    private final Random random;

    private RandomLayouts(long seed) {
        random = new Random(seed);
    }

    /** A mixture of one to eight parts, some of them mixtures themselves. */
    static Layout of(long seed, long size) {
        Layout layout = new RandomLayouts(seed).mixture(size, 0);
        return new Layout("random " + seed, layout.size(), layout.keyAt());
    }

    /** Ascending, without repetition. */
    static int[] alphabet(Random random) {
        int drawn = random.nextInt(random.nextInt(3) == 0 ? ALPHABETS.size() : COMMON);
        return ALPHABETS.get(drawn).codePoints().sorted().distinct().toArray();
    }

    private Layout mixture(long size, int depth) {
        if (size < 10 || (depth > 0 && random.nextInt(3) < depth + 1)) {
            return leaf(Math.max(1, size));
        }
        String[] prefixes = prefixes(1 + random.nextInt(depth == 0 ? 8 : 4));
        long[] sizes = shares(size, prefixes.length, random.nextDouble() * 2.5);
        List<Layout> parts = new ArrayList<>();
        for (int i = 0; i < prefixes.length; i++) {
            if (sizes[i] > 0) {
                parts.add(SimulatedLayouts.under(prefixes[i], mixture(sizes[i], depth + 1)));
            }
        }
        return SimulatedLayouts.concatenation("", parts.toArray(Layout[]::new));
    }

    private Layout leaf(long size) {
        if (random.nextInt(3) > 0) {
            return new KeyTree(random.nextLong(), size).layout();
        }
        List<Layout> known = new ArrayList<>(SimulatedLayouts.wellKnown(size));
        if (size > MOST_DIVISIBLE) {
            known.addAll(SimulatedLayouts.adversaries(size));
        }
        return known.get(random.nextInt(known.size()));
    }

    /** Ascending, none the beginning of another. */
    private String[] prefixes(int count) {
        TreeSet<String> prefixes = new TreeSet<>(Keys::compare);
        String shared = random.nextInt(3) == 0 ? word(8) : "";
        String end = ENDS[random.nextInt(ENDS.length)];
        for (int i = 0; i < count; i++) {
            String prefix = shared + word(6) + end;
            if (prefixes.stream().noneMatch(other -> other.startsWith(prefix) || prefix.startsWith(other))) {
                prefixes.add(prefix);
            }
        }
        return prefixes.toArray(String[]::new);
    }

    private String word(int longest) {
        int[] alphabet = alphabet(random);
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(longest); i > 0; i--) {
            word.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return word.toString();
    }

    /** Sizes by a power law in random order; their sum is the whole. */
    private long[] shares(long size, int count, double skew) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.pow(1 + random.nextInt(count), -skew) * (0.5 + random.nextDouble());
        }
        double total = Arrays.stream(weights).sum();
        long[] shares = new long[count];
        long left = size;
        for (int i = 0; i < count; i++) {
            shares[i] = i == count - 1 ? left : Math.min(left, (long) (size * weights[i] / total));
            left -= shares[i];
        }
        return shares;
    }
}
