package dev.muster.audit.split;

import java.util.Arrays;

/**
 * What is known on both sides of a cut between two ranges. Once the last keys before it and the first keys after it are
 * listed, they are neighbours, and teach what neighbours within a page teach.
 */
final class Boundary {
    private int[][] before;
    private int[][] after;
    private boolean end;

    /** The end of the bucket. */
    static Boundary end() {
        Boundary boundary = new Boundary();
        boundary.end = true;
        return boundary;
    }

    boolean known() {
        return end || after != null;
    }

    /** Whether keys are known to go on right behind the cut. */
    boolean continues(String cut) {
        return after != null && Keys.key(after[0]).startsWith(cut);
    }

    void listedBefore(int[][] tail, AlphabetIndex alphabets) {
        before = tail;
        stitch(alphabets);
    }

    void listedAfter(String cut, int[][] keys, AlphabetIndex alphabets) {
        after = Arrays.copyOf(keys, Math.min(2, keys.length));
        alphabets.learnGap(Keys.symbols(cut), after[0]);
        stitch(alphabets);
    }

    /** Takes over what lies behind an empty range that starts here. */
    void emptyUpTo(Boundary next, String cut, AlphabetIndex alphabets) {
        after = next.after;
        end = next.end;
        if (known()) {
            alphabets.learnGap(Keys.symbols(cut), end ? null : after[0]);
        }
        stitch(alphabets);
    }

    private void stitch(AlphabetIndex alphabets) {
        if (before != null && after != null) {
            alphabets.learn(join(before, after), before.length, before.length + 1);
        }
    }

    static int[][] join(int[][] left, int[][] right) {
        int[][] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }
}
