package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** What may stand between elements besides white space: the XML declaration, comments, processing instructions. */
final class XmlMiscellany {
    private static final Pattern DECLARATION = Pattern.compile(
            "<\\?xml[ \\t\\r\\n]+version[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"1\\.0\"|'1\\.0')"
                    + "(?:[ \\t\\r\\n]+encoding[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"(?i:utf-8)\"|'(?i:utf-8)'))?"
                    + "(?:[ \\t\\r\\n]+standalone[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"(?:yes|no)\"|'(?:yes|no)'))?[ \\t\\r\\n]*\\?>");
    private static final Pattern INSTRUCTION =
            Pattern.compile("<\\?(?!(?i:xml))[A-Za-z_][A-Za-z0-9_.-]*(?:[ \\t\\r\\n].*)?\\?>", Pattern.DOTALL);

    private XmlMiscellany() {}

    /** Reads a comment or processing instruction at the scanner's position. Returns the index behind it. */
    static int read(XmlScanner scanner) {
        return scanner.markup() == '?' ? read(scanner, "?>", INSTRUCTION) : readComment(scanner);
    }

    /** Reads the XML declaration at the scanner's position. Returns the index behind it. */
    static int readDeclaration(XmlScanner scanner) {
        return read(scanner, "?>", DECLARATION);
    }

    private static int readComment(XmlScanner scanner) {
        int start = scanner.position;
        if (scanner.limit - start < 4) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[start + 2] != '-' || scanner.buffer[start + 3] != '-') {
            throw new MalformedPageException("malformed or unexpected markup");
        }
        int dashes = find(scanner, start + 4, "--");
        if (dashes == XmlScanner.MORE || dashes == scanner.limit) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[dashes] != '>') {
            throw new MalformedPageException("two dashes within a comment");
        }
        requireCharacters(scanner.buffer, start, dashes);
        return dashes + 1;
    }

    private static int read(XmlScanner scanner, String end, Pattern pattern) {
        int after = find(scanner, scanner.position + 2, end);
        if (after == XmlScanner.MORE) {
            return XmlScanner.MORE;
        }
        requireCharacters(scanner.buffer, scanner.position, after);
        String source = new String(scanner.buffer, scanner.position, after - scanner.position, UTF_8);
        if (!pattern.matcher(source).matches()) {
            throw new MalformedPageException("malformed or unexpected markup");
        }
        return after;
    }

    private static int find(XmlScanner scanner, int from, String end) {
        for (int at = from; at + end.length() <= scanner.limit; at++) {
            int matched = 0;
            while (matched < end.length() && scanner.buffer[at + matched] == end.charAt(matched)) {
                matched++;
            }
            if (matched == end.length()) {
                return at + matched;
            }
        }
        return XmlScanner.MORE;
    }

    /** Checks that the bytes are UTF-8 and that XML allows each character. */
    static void requireCharacters(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            int length = XmlBytes.sequenceLength(bytes[at]);
            if (length == 0 || at + length > to || !XmlBytes.isCharacter(XmlBytes.codePoint(bytes, at, length))) {
                throw new MalformedPageException("a byte sequence that is not UTF-8, or a character that XML forbids");
            }
            at += length;
        }
    }
}
