package dev.muster.emulator.keys;

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
