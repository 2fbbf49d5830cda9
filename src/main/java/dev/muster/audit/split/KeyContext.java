package dev.muster.audit.split;

/**
 * Where in a key one stands, as hashes of what precedes: its shape (letters and digits are alike, punctuation counts),
 * the segment that the last punctuation has opened, and the word so far. Mutable: it moves along a key.
 */
final class KeyContext {
    private long shape = 17;
    private long segment = 17;
    private long word;
    private int length;

    static KeyContext after(int[] key, int length) {
        KeyContext place = new KeyContext();
        place.push(key, 0, length);
        return place;
    }

    KeyContext copy() {
        KeyContext copy = new KeyContext();
        copy.shape = shape;
        copy.segment = segment;
        copy.word = word;
        copy.length = length;
        return copy;
    }

    void push(int[] key, int from, int to) {
        for (int i = from; i < to; i++) {
            push(key[i]);
        }
    }

    void push(int symbol) {
        boolean inWord = Character.isLetterOrDigit(symbol);
        shape = mix(shape + (inWord ? 'a' : symbol));
        if (!inWord) {
            segment = shape;
        }
        word = inWord ? word * 1_000_003 + symbol : symbol;
        length++;
    }

    /** Names places with this shape and this word before: the second digit of a month depends on the first. */
    long exact() {
        return mix(shape ^ Long.rotateLeft(word, 32));
    }

    long shape() {
        return shape;
    }

    long segment() {
        return segment ^ 0x5555;
    }

    /** Names places by nothing but how many symbols precede. */
    long position() {
        return mix(length ^ 0x3333);
    }

    private static long mix(long value) {
        long product = value * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 29);
    }
}
