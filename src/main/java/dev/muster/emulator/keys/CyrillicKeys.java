package dev.muster.emulator.keys;

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
