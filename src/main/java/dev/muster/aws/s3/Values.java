package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads the plain values of a listing, strictly. */
final class Values {
    private static final int MOST_DIGITS = 18;

    private Values() {}

    /** A number of bytes, from 0 to 10^18 - 1; the largest object S3 holds has 13 digits. */
    static long number(byte[] text, int start, int length) {
        long number = 0;
        if (length == 0 || length > MOST_DIGITS) {
            throw malformed("number", text, start, length);
        }
        for (int i = start; i < start + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed("number", text, start, length);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** {@code true} or {@code false}, in any case, for S3 servers differ in it. */
    static boolean truth(byte[] text, int start, int length) {
        String value = new String(text, start, length, UTF_8);
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw malformed("truth value", text, start, length);
        }
        return value.equalsIgnoreCase("true");
    }

    private static MalformedPageException malformed(String what, byte[] text, int start, int length) {
        return new MalformedPageException("no " + what + ": \"" + new String(text, start, length, UTF_8) + '"');
    }
}
