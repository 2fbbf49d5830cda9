package dev.muster.emulator.keys;

/** One flat directory at the end of a path of 700 bytes: what differs comes last. */
public record DeepPrefixKeys(long size) implements KeyGenerator {
    private static final byte[] HEAD = KeyText.utf8("department-of-long-names/".repeat(28));

    @Override
    public int writeKey(long index, byte[] target) {
        int at = KeyText.text(HEAD, target, 0);
        return KeyText.hex(index * 0x9e37L, 12, target, at);
    }
}
