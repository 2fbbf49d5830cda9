package dev.muster.aws.s3.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Reads text that is more than plain: references, CDATA sections, carriage returns. Text is bytes: what is not UTF-8 or
 * not an XML character, literally or by reference, is kept, as file names contain such bytes and servers send them.
 */
final class XmlText {
    private static final byte[] CDATA = "<![CDATA[".getBytes(US_ASCII);
    private static final int LONGEST_REFERENCE = 12;

    private byte[] decoded = new byte[1024];
    private int length;
    private boolean inCdata;
    private int highSurrogate;

    /** The text read last, from index 0 on. */
    byte[] bytes() {
        return decoded;
    }

    int length() {
        return length;
    }

    /** Decodes text. Returns the index of the {@code <} that ends it, or {@link XmlTokenizer#MORE}. */
    int read(byte[] bytes, int from, int limit) {
        length = 0;
        inCdata = false;
        highSurrogate = 0;
        int at = from;
        while (at < limit) {
            byte value = bytes[at];
            int next = at + 1;
            if (value == '<' && !inCdata) {
                next = openCdata(bytes, at, limit);
                if (next == at) {
                    return at;
                }
            } else if (value == ']' && inCdata) {
                next = bracket(bytes, at, limit);
            } else if (value == '\r') {
                next = carriageReturn(bytes, at, limit);
            } else if (value == '&' && !inCdata) {
                next = reference(bytes, at, limit);
            } else if (inCdata) {
                append(value);
            } else {
                next = XmlBytes.skipPlain(bytes, at, limit);
                append(bytes, at, next);
            }
            if (next == XmlTokenizer.MORE) {
                return XmlTokenizer.MORE;
            }
            at = next;
        }
        return XmlTokenizer.MORE;
    }

    /** Enters a CDATA section; returns the same index if the markup there is none. */
    private int openCdata(byte[] bytes, int at, int limit) {
        int known = Math.min(CDATA.length, limit - at);
        if (!Arrays.equals(bytes, at, at + known, CDATA, 0, known)) {
            return at;
        }
        if (known < CDATA.length) {
            return XmlTokenizer.MORE;
        }
        inCdata = true;
        return at + CDATA.length;
    }

    /** A bracket that may end a CDATA section. */
    private int bracket(byte[] bytes, int at, int limit) {
        if (at + 2 >= limit) {
            return XmlTokenizer.MORE;
        }
        if (bytes[at + 1] != ']' || bytes[at + 2] != '>') {
            append((byte) ']');
            return at + 1;
        }
        inCdata = false;
        return at + 3;
    }

    /** XML reads a literal carriage return, with or without a line feed, as a line feed. */
    private int carriageReturn(byte[] bytes, int at, int limit) {
        if (at + 1 >= limit) {
            return XmlTokenizer.MORE;
        }
        if (bytes[at + 1] != '\n') {
            append((byte) '\n');
        }
        return at + 1;
    }

    /** An ampersand that begins no reference stands for itself: some servers forget to escape it. */
    private int reference(byte[] bytes, int at, int limit) {
        int end = at + 1;
        while (end < limit && end - at < LONGEST_REFERENCE && bytes[end] != ';' && bytes[end] != '<') {
            end++;
        }
        if (end == limit) {
            return XmlTokenizer.MORE;
        }
        int codePoint =
                bytes[end] == ';' ? XmlReferences.codePoint(new String(bytes, at + 1, end - at - 1, US_ASCII)) : -1;
        if (codePoint < 0) {
            append((byte) '&');
            return at + 1;
        }
        append(codePoint);
        return end + 1;
    }

    /** Two references that form a surrogate pair are one character; alone, each half is written as a character. */
    private void append(int codePoint) {
        if (highSurrogate > 0 && codePoint >= 0xdc00 && codePoint <= 0xdfff) {
            int pair = Character.toCodePoint((char) highSurrogate, (char) codePoint);
            length -= 3;
            encode(pair);
            highSurrogate = 0;
        } else {
            encode(codePoint);
            highSurrogate = codePoint >= 0xd800 && codePoint <= 0xdbff ? codePoint : 0;
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x80) {
            append((byte) codePoint);
            return;
        }
        int followers = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
        append((byte) ((0xff00 >> (followers + 1)) | (codePoint >> (6 * followers))));
        for (int i = followers - 1; i >= 0; i--) {
            append((byte) (0x80 | ((codePoint >> (6 * i)) & 0x3f)));
        }
    }

    private void append(byte[] source, int from, int to) {
        int needed = length + to - from;
        if (needed > decoded.length) {
            decoded = Arrays.copyOf(decoded, 2 * needed);
        }
        System.arraycopy(source, from, decoded, length, to - from);
        length = needed;
        highSurrogate = 0;
    }

    private void append(byte value) {
        if (length == decoded.length) {
            decoded = Arrays.copyOf(decoded, 2 * length);
        }
        decoded[length++] = value;
        highSurrogate = 0;
    }

    /** The entity and character references of XML. */
    static final class XmlReferences {
        private XmlReferences() {}

        /**
         * The code point that a reference stands for, even if XML forbids it.
         *
         * @param name the text between {@code &} and {@code ;}
         * @return -1 if it stands for no code point
         */
        static int codePoint(String name) {
            return switch (name) {
                case "amp" -> '&';
                case "lt" -> '<';
                case "gt" -> '>';
                case "quot" -> '"';
                case "apos" -> '\'';
                default -> numeric(name);
            };
        }

        private static int numeric(String name) {
            boolean hex = name.startsWith("#x");
            String digits = name.startsWith("#") ? name.substring(hex ? 2 : 1) : "";
            int value = digits.isEmpty() ? -1 : 0;
            for (int i = 0; i < digits.length() && value >= 0; i++) {
                int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), hex ? 16 : 10) : -1;
                value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value * (hex ? 16 : 10) + digit;
            }
            return value > Character.MAX_CODE_POINT ? -1 : value;
        }
    }
}
