package dev.muster.aws.s3.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** Checks the form of the XML declaration, comments and processing instructions, which have no meaning here. */
final class XmlMiscellany {
    private static final Pattern DECLARATION = Pattern.compile(
            "<\\?xml[ \\t\\r\\n]+version[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"1\\.[01]\"|'1\\.[01]')"
                    + "(?:[ \\t\\r\\n]+encoding[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"(?i:utf-?8)\"|'(?i:utf-?8)'))?"
                    + "(?:[ \\t\\r\\n]+standalone[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"(?:yes|no)\"|'(?:yes|no)'))?[ \\t\\r\\n]*\\?>");
    private static final Pattern INSTRUCTION =
            Pattern.compile("<\\?(?!(?i:xml))[A-Za-z_][A-Za-z0-9_.-]*(?:[ \\t\\r\\n].*)?\\?>", Pattern.DOTALL);

    private XmlMiscellany() {}

    /** Reads a comment or processing instruction. Returns the index behind it, or {@link XmlTokenizer#MORE}. */
    static int read(byte[] bytes, int from, int limit) {
        return bytes[from + 1] == '?' ? read(bytes, from, limit, INSTRUCTION) : readComment(bytes, from, limit);
    }

    /** Reads the XML declaration. Returns the index behind it, or {@link XmlTokenizer#MORE}. */
    static int readDeclaration(byte[] bytes, int from, int limit) {
        return read(bytes, from, limit, DECLARATION);
    }

    private static int readComment(byte[] bytes, int from, int limit) {
        if (limit - from < 4) {
            return XmlTokenizer.MORE;
        }
        if (bytes[from + 2] != '-' || bytes[from + 3] != '-') {
            throw new XmlException("a document type, as pages of HTML have, or unexpected markup");
        }
        int dashes = find(bytes, from + 4, limit, "--");
        if (dashes == XmlTokenizer.MORE || dashes == limit) {
            return XmlTokenizer.MORE;
        }
        if (bytes[dashes] != '>') {
            throw new XmlException("two dashes within a comment");
        }
        return dashes + 1;
    }

    private static int read(byte[] bytes, int from, int limit, Pattern form) {
        int after = find(bytes, from + 2, limit, "?>");
        if (after != XmlTokenizer.MORE
                && !form.matcher(new String(bytes, from, after - from, UTF_8)).matches()) {
            throw new XmlException("malformed or unexpected markup");
        }
        return after;
    }

    /** The index behind the wanted characters. */
    private static int find(byte[] bytes, int from, int limit, String wanted) {
        for (int at = from; at + 1 < limit; at++) {
            if (bytes[at] == wanted.charAt(0) && bytes[at + 1] == wanted.charAt(1)) {
                return at + 2;
            }
        }
        return XmlTokenizer.MORE;
    }
}
