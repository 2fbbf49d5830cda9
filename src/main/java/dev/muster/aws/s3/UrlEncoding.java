package dev.muster.aws.s3;

/** Undoes the url-encoding of keys that {@code encoding-type=url} asks for: {@code %XX} per byte, {@code +} for a space. */
final class UrlEncoding {
    private static final int BROKEN = -1;
    private static final byte[] HEX = hex();

    private UrlEncoding() {}

    /**
     * Decodes in place.
     *
     * @param plain how many bytes at the beginning are known not to be encoded
     * @return the decoded length
     * @throws MalformedPageException at a broken escape, or if the decoded bytes are not UTF-8
     */
    static int decode(byte[] bytes, int plain, int length) {
        int to = XmlBytes.skipUnescaped(bytes, plain, length);
        int all = 0;
        for (int from = to; from < length; to++) {
            int value = bytes[from++];
            if (value == '+') {
                value = ' ';
            } else if (value == '%') {
                value = from + 2 > length ? BROKEN : HEX[bytes[from] & 0xff] << 4 | HEX[bytes[from + 1] & 0xff];
                if (value < 0) {
                    throw new MalformedPageException("broken url-encoding in a key");
                }
                from += 2;
            }
            all |= value;
            bytes[to] = (byte) value;
        }
        if ((all & 0x80) != 0) {
            requireUtf8(bytes, to);
        }
        return to;
    }

    private static void requireUtf8(byte[] bytes, int end) {
        for (int at = 0; at < end; ) {
            int length = XmlBytes.sequenceLength(bytes[at]);
            if (length == 0 || at + length > end || (length > 1 && XmlBytes.codePoint(bytes, at, length) < 0)) {
                throw new MalformedPageException("a key is not UTF-8");
            }
            at += length;
        }
    }

    private static byte[] hex() {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < 0x80 ? Character.digit(i, 16) : BROKEN);
        }
        return values;
    }
}
