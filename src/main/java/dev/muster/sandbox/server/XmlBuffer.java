package dev.muster.sandbox.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/**
 * Writes an XML document as bytes into one growing array. Listings write thousands of keys a page, so nothing here makes
 * an object per element.
 */
public final class XmlBuffer {
    private static final byte[] DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(UTF_8);
    private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(UTF_8);
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
        byte[] target = bytes;
        int at = length;
        for (int i = from; i < until; i++) {
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
        return digits(value, digits);
    }

    /** A number that is not negative, with leading zeros. */
    public XmlBuffer digits(long value, int digits) {
        ensure(digits);
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
        for (int shift = 60; shift >= 0; shift -= 4) {
            byte digit = UPPER_HEX[(int) (value >>> shift & 15)];
            bytes[length++] = (byte) (digit >= 'A' ? digit | 0x20 : digit);
        }
        return this;
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
}
