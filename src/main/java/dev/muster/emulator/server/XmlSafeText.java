package dev.muster.emulator.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds text that needs no escaping, eight bytes at a time. */
final class XmlSafeText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    private XmlSafeText() {}

    /** Number of bytes from the start that need no escaping; may be fewer than there are. */
    static int length(byte[] text, int from, int until) {
        int at = from;
        while (at + Long.BYTES <= until && isPlain((long) LONGS.get(text, at))) {
            at += Long.BYTES;
        }
        return at - from;
    }

    /** No control character, no quote or ampersand (which differ in one bit), no angle bracket (neither do these). */
    private static boolean isPlain(long eight) {
        long control = (eight - EACH * ' ') & ~eight;
        long quoteOrAmpersand = (eight & ~(EACH * ('"' ^ '&'))) ^ (EACH * ('"' & '&'));
        long angle = (eight & ~(EACH * ('<' ^ '>'))) ^ (EACH * ('<' & '>'));
        return ((control | hasZero(quoteOrAmpersand) | hasZero(angle)) & SIGNS) == 0;
    }

    private static long hasZero(long eight) {
        return (eight - EACH) & ~eight;
    }
}
