package dev.muster.emulator.keys;

/** Half as many directories as objects, two objects in each: {@code users/u00000012/profile.json}. */
public record TinyDirectoryKeys(long size) implements KeyGenerator {
    private static final byte[] HEAD = KeyText.utf8("users/u");
    private static final byte[] FIRST = KeyText.utf8("/avatar.png");
    private static final byte[] SECOND = KeyText.utf8("/profile.json");

    @Override
    public int writeKey(long index, byte[] target) {
        int at = KeyText.decimal(index / 2, 10, target, KeyText.text(HEAD, target, 0));
        return KeyText.text(index % 2 == 0 ? FIRST : SECOND, target, at);
    }
}
