package dev.muster.emulator.keys;

/** Log files over three years in directories per hour: {@code logs/2023/04/05/06/web-060504-9af3c2d1.log.gz}. */
public record DatedLogKeys(long size) implements KeyGenerator {
    private static final long FIRST_DAY = 18_993; // 2022-01-01
    private static final long MILLIS = 3L * 365 * 86_400_000;
    private static final byte[] HEAD = KeyText.utf8("logs/");
    private static final byte[] HOST = KeyText.utf8("/web-");
    private static final byte[] TAIL = KeyText.utf8(".log.gz");

    @Override
    public int writeKey(long index, byte[] target) {
        long millis = (long) ((double) index / size * MILLIS);
        long second = millis / 1000 % 86_400;
        int at = KeyText.text(HEAD, target, 0);
        at = KeyText.date(FIRST_DAY + millis / 86_400_000, '/', target, at);
        target[at++] = '/';
        at = KeyText.decimal(second / 3600, 2, target, at);
        at = KeyText.text(HOST, target, at);
        at = KeyText.decimal(second / 3600, 2, target, at);
        at = KeyText.decimal(second / 60 % 60, 2, target, at);
        at = KeyText.decimal(second % 60, 2, target, at);
        target[at++] = '-';
        at = KeyText.hex(index, 8, target, at);
        return KeyText.text(TAIL, target, at);
    }
}
