package dev.muster.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.keys.CivilDate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/**
 * Writes an XML document as bytes into one growing array. Listings write thousands of keys a page, so nothing here makes
 * an object per element.
 */
public final class XmlBuffer {
    private static final byte[] DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(UTF_8);
    private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(UTF_8);
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[][] ESCAPES = escapes();

    private byte[] bytes;
    private int length;

    private XmlBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** A document: begins with the XML declaration. */
    public static XmlBuffer document() {
        return new XmlBuffer(1024).raw(DECLARATION);
    }

    /**
     * A piece of a document.
     *
     * @param capacity in bytes; grows as needed
     */
    public static XmlBuffer fragment(int capacity) {
        return new XmlBuffer(capacity);
    }

    public XmlBuffer open(String name) {
        return raw('<').raw(name.getBytes(UTF_8)).raw('>');
    }

    /** Opens an element of a namespace. */
    public XmlBuffer open(String name, String namespace) {
        return raw(("<" + name + " xmlns=\"" + namespace + "\">").getBytes(UTF_8));
    }

    public XmlBuffer close(String name) {
        return raw('<').raw('/').raw(name.getBytes(UTF_8)).raw('>');
    }

    public XmlBuffer leaf(String name, String value) {
        byte[] text = value.getBytes(UTF_8);
        return open(name).text(text, 0, text.length).close(name);
    }

    public XmlBuffer leaf(String name, long value) {
        return leaf(name, Long.toString(value));
    }

    public XmlBuffer leaf(String name, boolean value) {
        return leaf(name, Boolean.toString(value));
    }

    /** Bytes that are XML already. */
    public XmlBuffer raw(byte[] markup) {
        ensure(markup.length);
        System.arraycopy(markup, 0, bytes, length, markup.length);
        length += markup.length;
        return this;
    }

    /** Another piece, as it stands. */
    public XmlBuffer append(XmlBuffer piece) {
        ensure(piece.length);
        System.arraycopy(piece.bytes, 0, bytes, length, piece.length);
        length += piece.length;
        return this;
    }

    /** One ASCII character that is XML already. */
    public XmlBuffer raw(char markup) {
        ensure(1);
        bytes[length++] = (byte) markup;
        return this;
    }

    /** UTF-8 text, escaped as S3 does it: markup as entities, control characters as character references. */
    public XmlBuffer text(byte[] text, int from, int until) {
        ensure(6 * (until - from));
        int plain = XmlSafeText.length(text, from, until);
        System.arraycopy(text, from, bytes, length, plain);
        byte[] target = bytes;
        int at = length + plain;
        for (int i = from + plain; i < until; i++) {
            byte next = text[i];
            if (next < 0 || ESCAPES[next] == null) {
                target[at++] = next;
            } else {
                byte[] escape = ESCAPES[next];
                System.arraycopy(escape, 0, target, at, escape.length);
                at += escape.length;
            }
        }
        length = at;
        return this;
    }

    /** UTF-8 text, percent-encoded as S3 does it under {@code encoding-type=url}: a space is {@code +}, a slash stays. */
    public XmlBuffer url(byte[] text, int from, int until) {
        ensure(3 * (until - from));
        byte[] target = bytes;
        int at = length;
        for (int i = from; i < until; i++) {
            byte next = text[i];
            if (staysInUrl(next)) {
                target[at++] = next;
            } else if (next == ' ') {
                target[at++] = '+';
            } else {
                target[at++] = '%';
                target[at++] = UPPER_HEX[next >> 4 & 15];
                target[at++] = UPPER_HEX[next & 15];
            }
        }
        length = at;
        return this;
    }

    /** A number that is not negative. */
    public XmlBuffer number(long value) {
        ensure(19);
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Sixteen lower-case hexadecimal digits. */
    public XmlBuffer hex(long value) {
        ensure(16);
        BIG_ENDIAN.set(bytes, length, hexDigits(value >>> 32));
        BIG_ENDIAN.set(bytes, length + 8, hexDigits(value & 0xffff_ffffL));
        length += 16;
        return this;
    }

    /** The eight digits of 32 bits, one in each byte: spreads the nibbles, then adds what makes each a character. */
    private static long hexDigits(long bits) {
        long spread = (bits | (bits << 16)) & 0x0000_ffff_0000_ffffL;
        spread = (spread | (spread << 8)) & 0x00ff_00ff_00ff_00ffL;
        spread = (spread | (spread << 4)) & 0x0f0f_0f0f_0f0f_0f0fL;
        long letters = ((spread + 0x0606_0606_0606_0606L) >>> 4) & 0x0101_0101_0101_0101L;
        return spread + 0x3030_3030_3030_3030L + letters * ('a' - '9' - 1);
    }

    /** A time as {@code 2024-02-29T23:59:59}. */
    public XmlBuffer time(long epochSecond) {
        ensure(19);
        CivilDate date = CivilDate.of(Math.floorDiv(epochSecond, 86_400L));
        int second = (int) Math.floorMod(epochSecond, 86_400L);
        int at = length;
        pair(at, date.year() / 100);
        pair(at + 2, date.year() % 100);
        bytes[at + 4] = '-';
        pair(at + 5, date.month());
        bytes[at + 7] = '-';
        pair(at + 8, date.day());
        bytes[at + 10] = 'T';
        pair(at + 11, second / 3600);
        bytes[at + 13] = ':';
        pair(at + 14, second / 60 % 60);
        bytes[at + 16] = ':';
        pair(at + 17, second % 60);
        length += 19;
        return this;
    }

    private void pair(int at, int value) {
        bytes[at] = (byte) ('0' + value / 10);
        bytes[at + 1] = (byte) ('0' + value % 10);
    }

    /** Makes room for so many bytes more, so that writing them copies nothing. */
    public void reserve(int more) {
        ensure(more);
    }

    public int length() {
        return length;
    }

    /** The document, without copying it: write nothing more afterwards. */
    public ByteString toByteString() {
        return ByteString.fromArrayUnsafe(bytes, 0, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static boolean staysInUrl(byte next) {
        return (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || (next >= '-' && next <= '9')
                || next == '_'
                || next == '*'
                || next == '~';
    }

    private static byte[][] escapes() {
        byte[][] escapes = new byte[128][];
        for (int control = 0; control < ' '; control++) {
            escapes[control] = ("&#x" + Integer.toHexString(control) + ";").getBytes(UTF_8);
        }
        escapes['&'] = "&amp;".getBytes(UTF_8);
        escapes['<'] = "&lt;".getBytes(UTF_8);
        escapes['>'] = "&gt;".getBytes(UTF_8);
        escapes['"'] = "&quot;".getBytes(UTF_8);
        return escapes;
    }

    /** Finds text that needs no escaping, eight bytes at a time. */
    static final class XmlSafeText {
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
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
}
