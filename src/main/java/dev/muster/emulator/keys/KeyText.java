package dev.muster.emulator.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes parts of a key; every method returns the position after what it wrote. */
final class KeyText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private KeyText() {}

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    static int text(byte[] piece, byte[] target, int at) {
        System.arraycopy(piece, 0, target, at, piece.length);
        return at + piece.length;
    }

    static int decimal(long value, int digits, byte[] target, int at) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    static int hex(long value, int digits, byte[] target, int at) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
        return at + digits;
    }

    /** Writes {@code yyyy?MM?dd} with a separator in place of the question marks. */
    static int date(long epochDay, char separator, byte[] target, int at) {
        CivilDate date = CivilDate.of(epochDay);
        int end = decimal(date.year(), 4, target, at);
        target[end++] = (byte) separator;
        end = decimal(date.month(), 2, target, end);
        target[end++] = (byte) separator;
        return decimal(date.day(), 2, target, end);
    }
}
