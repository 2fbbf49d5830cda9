package dev.muster.aws.s3;

import java.util.Arrays;

/**
 * The markup that came between two values of an entry, from the end tag of the one to the start tag of the other, with
 * all that was passed over between them. Where the same bytes follow the same value again, the grammar need not go
 * through them again: it would do what it did before.
 *
 * <p>Entries are written by a loop in the server, so nearly all markup of a page is known after the second entry.
 */
final class LearnedMarkup {
    /** Longer markup is not worth remembering. */
    static final int LONGEST = 512;

    private final byte[] bytes;
    private final int endTagName;
    private final int tagStart;

    /** The field whose value follows. */
    final ListingElement next;

    /** The entry that begins within the markup, after the end of the one before; null if the entry stays the same. */
    final ListingElement nextEntry;

    private final int localStart;
    private final int nameEnd;

    /** What led to the value before this markup when the tags of that value were last found to match. */
    private LearnedMarkup before;

    /**
     * Learns the markup between {@code from} and {@code to}, of which the scanner's last tag is the last.
     *
     * @param nextEntry the kind of entry begun since {@code from}, or null
     */
    LearnedMarkup(XmlScanner scanner, int from, int to, ListingElement next, ListingElement nextEntry) {
        this.bytes = Arrays.copyOfRange(scanner.buffer, from, to);
        this.endTagName = endOfName(bytes, 2);
        this.tagStart = scanner.position - from;
        this.next = next;
        this.nextEntry = nextEntry;
        this.localStart = scanner.localStart - from;
        this.nameEnd = scanner.nameEnd - from;
    }

    /**
     * Whether the same markup stands at the given index, and its first end tag is that of the scanner's last tag.
     *
     * @param last what led to the scanner's last tag, whose name then is known; null if nothing that was learned
     */
    boolean follows(XmlScanner scanner, int at, LearnedMarkup last) {
        if (!XmlBytes.stand(bytes, scanner.buffer, at, scanner.limit)) {
            return false;
        }
        if (last != null && last == before) {
            return true;
        }
        boolean matches = Arrays.equals(scanner.buffer, scanner.nameStart, scanner.nameEnd, bytes, 2, endTagName);
        before = matches ? last : null;
        return matches;
    }

    /** Brings the scanner to where it was when this was learned: at the last start tag. Returns the index behind it. */
    int skip(XmlScanner scanner, int at) {
        scanner.position = at + tagStart;
        scanner.nameStart = at + tagStart + 1;
        scanner.localStart = at + localStart;
        scanner.nameEnd = at + nameEnd;
        scanner.selfClosing = false;
        return at + bytes.length;
    }

    private static int endOfName(byte[] bytes, int from) {
        int at = from;
        while (XmlBytes.isName(bytes[at])) {
            at++;
        }
        return at;
    }
}
