package dev.muster.aws.s3;

import java.util.Arrays;

/** The names of the elements that are open, so that each end tag can be held against its start tag. */
final class OpenElements {
    private static final int DEEPEST = 64;

    private final int[] ends = new int[DEEPEST + 1];
    private byte[] names = new byte[256];
    private int depth;

    int depth() {
        return depth;
    }

    void push(byte[] source, int start, int end) {
        if (depth == DEEPEST) {
            throw new MalformedPageException("elements nested deeper than " + DEEPEST);
        }
        int from = ends[depth];
        int to = from + end - start;
        if (to > names.length) {
            names = Arrays.copyOf(names, 2 * to);
        }
        System.arraycopy(source, start, names, from, end - start);
        ends[++depth] = to;
    }

    /** Reads the end tag of the innermost element at the scanner's position. Returns the index behind it. */
    int readEndTag(XmlScanner scanner) {
        return scanner.readEndTag(scanner.position, names, ends[depth - 1], ends[depth]);
    }

    void pop() {
        depth--;
    }
}
