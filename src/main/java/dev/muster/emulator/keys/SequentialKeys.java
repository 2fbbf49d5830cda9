package dev.muster.emulator.keys;

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
