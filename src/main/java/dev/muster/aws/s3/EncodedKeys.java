package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.aws.s3.xml.XmlBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decodes keys and prefixes if the page says that it encoded them: {@code %XX} for a byte, {@code +} for a space. The
 * page may say so after its keys, and servers that cannot encode say nothing; so entries whose keys would differ wait
 * until this is known.
 */
final class EncodedKeys {
    private enum Encoding {
        UNKNOWN,
        URL,
        NONE
    }

    private static final byte[] URL = "url".getBytes(US_ASCII);
    private static final byte[] HEX = hex();

    private final Consumer<ListingEntry> next;
    private final List<ListingEntry> waiting = new ArrayList<>();
    private final List<byte[]> prefixes = new ArrayList<>();
    private Encoding encoding = Encoding.UNKNOWN;
    private boolean endsEscaped;

    EncodedKeys(Consumer<ListingEntry> next) {
        this.next = next;
    }

    /** Takes an entry; returns one that may be reused. */
    ListingEntry add(ListingEntry entry) {
        if (encoding == Encoding.UNKNOWN && !(waiting.isEmpty() && isPlain(entry))) {
            waiting.add(entry);
            return entry.handOver();
        }
        pass(entry);
        return entry;
    }

    /** Takes a common prefix; an empty one means nothing. */
    void addPrefix(byte[] text, int start, int length) {
        if (length > 0) {
            prefixes.add(Arrays.copyOfRange(text, start, start + length));
        }
    }

    /** Takes the value of the page's {@code EncodingType}. */
    void declare(byte[] text, int start, int length) {
        Encoding declared = length == 0
                ? Encoding.NONE
                : Arrays.equals(text, start, start + length, URL, 0, URL.length) ? Encoding.URL : Encoding.UNKNOWN;
        if (declared == Encoding.UNKNOWN) {
            throw new MalformedPageException("an EncodingType that was not asked for");
        }
        if (encoding != Encoding.UNKNOWN && encoding != declared) {
            throw new MalformedPageException("a page with two values of EncodingType");
        }
        settle(declared);
    }

    /** Ends the page: what it has not declared, it has not encoded. */
    void finish() {
        if (encoding == Encoding.UNKNOWN) {
            settle(Encoding.NONE);
        }
    }

    /** The page's common prefixes, when it has ended. */
    List<ObjectKey> prefixes() {
        return prefixes.stream().map(this::key).toList();
    }

    /** Decodes a key in the page's encoding, when the page has ended. */
    ObjectKey key(byte[] bytes) {
        byte[] copy = bytes.clone();
        return ObjectKey.copyOf(copy, 0, encoding == Encoding.URL ? decode(copy, copy.length) : copy.length);
    }

    private void settle(Encoding found) {
        encoding = found;
        waiting.forEach(this::pass);
        waiting.clear();
    }

    private void pass(ListingEntry entry) {
        endsEscaped = !isPlain(entry);
        if (encoding == Encoding.URL && endsEscaped) {
            entry.shortenKey(decode(entry.keyBytes(), entry.keyLength()));
        }
        next.accept(entry);
    }

    /** Tells whether the last key held escapes, or what looks like them: some servers do not do as they say. */
    boolean endsEscaped() {
        return endsEscaped;
    }

    private static boolean isPlain(ListingEntry entry) {
        return firstEncoded(entry.keyBytes(), entry.keyLength()) == entry.keyLength();
    }

    private static int firstEncoded(byte[] bytes, int length) {
        return XmlBytes.find((byte) '%', (byte) '+', bytes, 0, length);
    }

    /** Decodes in place and returns the decoded length. A percent sign that begins no escape stands for itself. */
    private static int decode(byte[] bytes, int length) {
        int to = firstEncoded(bytes, length);
        int from = to;
        while (from < length) {
            int value = bytes[from++];
            if (value == '+') {
                value = ' ';
            } else if (value == '%' && from + 2 <= length) {
                int decoded = HEX[bytes[from] & 0xff] << 4 | HEX[bytes[from + 1] & 0xff];
                if (decoded >= 0) {
                    value = decoded;
                    from += 2;
                }
            }
            bytes[to++] = (byte) value;
            if (from < length && bytes[from] != '%') {
                int run = XmlBytes.find((byte) '%', (byte) '+', bytes, from, length) - from;
                System.arraycopy(bytes, from, bytes, to, run);
                from += run;
                to += run;
            }
        }
        return to;
    }

    private static byte[] hex() {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < 0x80 ? Character.digit(i, 16) : -1);
        }
        return values;
    }
}
