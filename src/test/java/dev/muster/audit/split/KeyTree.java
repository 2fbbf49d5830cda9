package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A random tree of keys, computed and not stored: each level has an alphabet, a skew, symbols that are missing here and
 * there, and now and then fixed text before it. No subtree tells for sure what its neighbour looks like.
 */
final class KeyTree {
    private static final int DEEPEST = 60;

    /** Nodes of fewer keys are computed each time. */
    private static final int REMEMBERED = 500;

    private static final String[] TEXTS = {"/", "/", "/", "-", ".", "part-", "/v1/", "", "_", "année/"};

    /** Sorts behind every symbol of the alphabets. */
    private static final char LAST = '\uD7A3';

    private static final class Level {
        private final int[] alphabet;
        private final double skew;
        private final double sparsity;
        private final String before;

        Level(int[] alphabet, double skew, double sparsity, String before) {
            this.alphabet = alphabet;
            this.skew = skew;
            this.sparsity = sparsity;
            this.before = before;
        }
    }

    /** Where a key goes on: a symbol of the level's alphabet, or -1 behind all of them. */
    private record Step(int symbol, long index, long size) {}

    private final long seed;
    private final long size;
    private final List<Level> levels = new ArrayList<>();
    private final Map<Long, long[]> known = new ConcurrentHashMap<>();

    KeyTree(long seed, long size) {
        this.seed = seed;
        this.size = size;
        Random random = new Random(seed);
        while (levels.size() < DEEPEST) {
            int[] alphabet = RandomLayouts.alphabet(random);
            double skew = random.nextBoolean() ? 0 : random.nextDouble() * 4;
            double sparsity = random.nextBoolean() ? 0 : random.nextDouble() * 0.8;
            String before = levels.isEmpty() ? "" : TEXTS[random.nextInt(TEXTS.length)];
            for (int i = 2 + random.nextInt(8); i > 0; i--) {
                levels.add(new Level(alphabet, skew, sparsity, before));
                before = "";
            }
        }
    }

    Layout layout() {
        return new Layout("key tree", size, this::keyAt);
    }

    private String keyAt(long index) {
        StringBuilder key = new StringBuilder();
        long node = seed;
        Step step = new Step(0, index, size);
        for (int depth = 0; depth < DEEPEST && (step.size > 1 || depth == 0); depth++) {
            Level level = levels.get(depth);
            key.append(level.before);
            step = step(level, node, step);
            if (step.symbol < 0) {
                return key.append(LAST)
                        .append(SimulatedLayouts.pad(step.index, 9))
                        .toString();
            }
            key.appendCodePoint(level.alphabet[step.symbol]);
            node = SimulatedLayouts.mix(node ^ (step.symbol + 1) * 0x632BE5ABL);
        }
        return key.append(step.size > 1 ? SimulatedLayouts.pad(step.index, 9) : ".x")
                .toString();
    }

    private Step step(Level level, long node, Step from) {
        long[] parts = from.size < REMEMBERED
                ? parts(level, node, from.size)
                : known.computeIfAbsent(node, ignored -> parts(level, node, from.size));
        long at = from.index;
        long left = from.size;
        for (int i = 0; i < parts.length; i++) {
            if (at < parts[i]) {
                return new Step(i, at, parts[i]);
            }
            at -= parts[i];
            left -= parts[i];
        }
        return new Step(-1, at, left);
    }

    private static long[] parts(Level level, long node, long size) {
        double[] weights = weights(level, node);
        double rest = Arrays.stream(weights).sum();
        long left = size;
        long[] parts = new long[weights.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = weights[i] == 0 ? 0 : Math.min(left, Math.round(left * weights[i] / rest));
            rest -= weights[i];
            left -= parts[i];
        }
        return parts;
    }

    private static double[] weights(Level level, long node) {
        double[] weights = new double[level.alphabet.length];
        for (int i = 0; i < weights.length; i++) {
            long hash = SimulatedLayouts.mix(node * 31 + i);
            double uniform = ((hash >>> 11) + 1) * 0x1.0p-53;
            boolean there = (hash & 0x3FF) / 1024.0 >= level.sparsity;
            weights[i] = there ? Math.pow(uniform, level.skew) : 0;
        }
        return weights;
    }
}
