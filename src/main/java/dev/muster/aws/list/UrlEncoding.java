package dev.muster.aws.list;

/** Undoes the url-encoding of keys that {@code encoding-type=url} asks for: {@code %XX} per byte, {@code +} for a space. */
final class UrlEncoding {
    private static final byte[] HEX = hex();

    private UrlEncoding() {}

    /**
     * Decodes in place.
     *
     * @return the decoded length
     * @throws MalformedPageException at a broken escape, or if the decoded bytes are not UTF-8
     */
    static int decode(byte[] bytes, int length) {
        int to = XmlBytes.skipUnescaped(bytes, 0, length);
        boolean beyondAscii = false;
        for (int from = to; from < length; to++) {
            byte value = bytes[from++];
            if (value == '+') {
                value = ' ';
            } else if (value == '%') {
                if (from + 2 > length) {
                    throw new MalformedPageException("broken url-encoding in a key");
                }
                value = (byte) (digit(bytes[from]) << 4 | digit(bytes[from + 1]));
                from += 2;
            }
            beyondAscii |= value < 0;
            bytes[to] = value;
        }
        if (beyondAscii) {
            requireUtf8(bytes, to);
        }
        return to;
    }

    private static int digit(byte value) {
        int digit = HEX[value & 0xff];
        if (digit < 0) {
            throw new MalformedPageException("broken url-encoding in a key");
        }
        return digit;
    }

    private static void requireUtf8(byte[] bytes, int end) {
        for (int at = 0; at < end; ) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = XmlBytes.sequenceLength(bytes[at]);
            if (length == 0 || at + length > end || XmlBytes.codePoint(bytes, at, length) < 0) {
                throw new MalformedPageException("a key is not UTF-8");
            }
            at += length;
        }
    }

    private static byte[] hex() {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < 0x80 ? Character.digit(i, 16) : -1);
        }
        return values;
    }
}
