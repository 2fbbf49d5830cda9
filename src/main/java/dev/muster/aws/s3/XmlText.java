package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads text that is more than plain ASCII: references, CDATA sections, UTF-8, carriage returns. */
final class XmlText {
    private static final byte[] CDATA = "<![CDATA[".getBytes(US_ASCII);
    private static final int LONGEST_REFERENCE = 12;

    private final XmlScanner scanner;
    private byte[] decoded = new byte[1024];
    private int length;
    private boolean inCdata;

    XmlText(XmlScanner scanner) {
        this.scanner = scanner;
    }

    /** Decodes text into the scanner's text fields. Returns the index of the markup that ends it. */
    int read(int from) {
        length = 0;
        inCdata = false;
        int at = from;
        while (at < scanner.limit) {
            byte value = scanner.buffer[at];
            int next;
            if (!XmlBytes.is(value, XmlBytes.SPECIAL)) {
                append(value);
                next = at + 1;
            } else if (value == '<' && !inCdata) {
                next = openCdata(at);
                if (next == at) {
                    return finish(at);
                }
            } else {
                next = special(at, value);
            }
            if (next == XmlScanner.MORE) {
                return XmlScanner.MORE;
            }
            at = next;
        }
        return XmlScanner.MORE;
    }

    private int finish(int at) {
        scanner.text = decoded;
        scanner.textStart = 0;
        scanner.textLength = length;
        return at;
    }

    private int special(int at, byte value) {
        if (value == ']') {
            return bracket(at);
        } else if (value == '\r') {
            return carriageReturn(at);
        } else if (value == '&' && !inCdata) {
            return reference(at);
        } else if (value == '&' || value == '<') {
            append(value);
            return at + 1;
        }
        return sequence(at);
    }

    /** Enters a CDATA section; returns the same index if the markup there is none. */
    private int openCdata(int at) {
        int known = Math.min(CDATA.length, scanner.limit - at);
        if (!Arrays.equals(scanner.buffer, at, at + known, CDATA, 0, known)) {
            return at;
        }
        if (known < CDATA.length) {
            return XmlScanner.MORE;
        }
        inCdata = true;
        return at + CDATA.length;
    }

    /** A bracket that may end a CDATA section; outside of one that end is forbidden. */
    private int bracket(int at) {
        if (at + 2 >= scanner.limit) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[at + 1] != ']' || scanner.buffer[at + 2] != '>') {
            append((byte) ']');
            return at + 1;
        }
        if (!inCdata) {
            throw new MalformedPageException("\"]]>\" in text");
        }
        inCdata = false;
        return at + 3;
    }

    /** XML reads a literal carriage return, with or without a line feed, as a line feed. */
    private int carriageReturn(int at) {
        if (at + 1 >= scanner.limit) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[at + 1] != '\n') {
            append((byte) '\n');
        }
        return at + 1;
    }

    private int sequence(int at) {
        int size = XmlBytes.sequenceLength(scanner.buffer[at]);
        if (at + size > scanner.limit) {
            return XmlScanner.MORE;
        }
        int codePoint = size == 0 ? -1 : XmlBytes.codePoint(scanner.buffer, at, size);
        if (!XmlBytes.isCharacter(codePoint)) {
            throw new MalformedPageException("a byte sequence that is not UTF-8, or a character that XML forbids");
        }
        for (int i = at; i < at + size; i++) {
            append(scanner.buffer[i]);
        }
        return at + size;
    }

    private int reference(int at) {
        int end = at + 1;
        while (end < scanner.limit && end - at < LONGEST_REFERENCE && scanner.buffer[end] != ';') {
            end++;
        }
        if (end == scanner.limit) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[end] != ';') {
            throw new MalformedPageException("an ampersand that begins no reference");
        }
        int codePoint = XmlReferences.codePoint(new String(scanner.buffer, at + 1, end - at - 1, US_ASCII));
        if (codePoint < 0x80) {
            append((byte) codePoint);
        } else {
            for (byte value : Character.toString(codePoint).getBytes(UTF_8)) {
                append(value);
            }
        }
        return end + 1;
    }

    private void append(byte value) {
        if (length == decoded.length) {
            decoded = Arrays.copyOf(decoded, 2 * length);
        }
        decoded[length++] = value;
    }
}
