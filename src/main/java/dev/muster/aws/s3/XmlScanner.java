package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Splits a document that arrives in pieces into tags and text. It holds what has arrived and was not taken yet, so that
 * every tag and every text is whole, and lies in one array, when it is looked at. Each {@code read} method looks from
 * {@link #position} on without moving it and says {@link #MORE} if the bytes so far do not suffice.
 *
 * <p>Accepts a subset of well-formed XML 1.0 in UTF-8: no document type, names in ASCII.
 */
final class XmlScanner {
    static final int MORE = -1;

    /** ETags are written with quotes, and quotes as references. */
    private static final byte[] QUOTE = "&quot;".getBytes(US_ASCII);

    /** Longest tag or text; far above what a listing holds, and the bound on memory. */
    private static final int LONGEST = 1 << 20;

    /** A byte order mark and the beginning of an XML declaration; every page is longer. */
    private static final int LONGEST_OPENING = 9;

    byte[] buffer = new byte[32 * 1024];
    int position;
    int limit;

    /** The name of the last tag read: as written, and from where its local part begins. */
    int nameStart;

    int localStart;
    int nameEnd;
    boolean selfClosing;

    /** The last text read. */
    byte[] text = buffer;

    int textStart;
    int textLength;

    /** How many of its bytes are known from the key before; 0 for what is no key. */
    int textShared;

    private final SharedPrefix keys = new SharedPrefix();
    private final XmlText decoder = new XmlText(this);
    private final XmlNamespaces namespaces = new XmlNamespaces();
    private final XmlAttributes attributes = new XmlAttributes(this, namespaces);

    /** Takes bytes over. Positions from before are no longer valid. */
    void append(ByteBuffer bytes) {
        int kept = limit - position;
        int needed = kept + bytes.remaining();
        if (kept > LONGEST) {
            throw new MalformedPageException("a tag or value is longer than " + LONGEST + " bytes");
        }
        byte[] target = needed <= buffer.length ? buffer : new byte[Math.max(needed, 2 * buffer.length)];
        System.arraycopy(buffer, position, target, 0, kept);
        bytes.get(target, kept, bytes.remaining());
        buffer = target;
        position = 0;
        limit = needed;
    }

    /** Moves over white space. */
    void skipSpace() {
        while (position < limit && XmlBytes.isSpace(buffer[position])) {
            position++;
        }
    }

    /** The byte after the {@code <} at the position, or {@link #MORE}. */
    int markup() {
        return position + 1 < limit ? buffer[position + 1] : MORE;
    }

    /** Reads a start tag into the name fields. Returns the index behind it. */
    int readStartTag(int depth) {
        int at = readName(position + 1);
        if (at == MORE) {
            return MORE;
        }
        selfClosing = false;
        int after = buffer[at] == '>' ? at + 1 : attributes.read(at, depth);
        if (after != MORE && localStart != nameStart) {
            namespaces.requireDeclared(buffer, nameStart, localStart - 1);
        }
        return after;
    }

    /** Forgets the namespaces that an element declared, once it has ended. */
    void leave(int depth) {
        namespaces.leave(depth);
    }

    /** Reads an end tag that begins at the given index and must have the given name. Returns the index behind it. */
    int readEndTag(int from, byte[] name, int start, int end) {
        int at = from + 2;
        int after = at + end - start;
        if (after >= limit) {
            return MORE;
        }
        if (!Arrays.equals(buffer, at, after, name, start, end)) {
            throw new MalformedPageException("an end tag does not match its start tag");
        }
        while (after < limit && XmlBytes.isSpace(buffer[after])) {
            after++;
        }
        if (after == limit) {
            return MORE;
        }
        if (buffer[after] != '>') {
            throw new MalformedPageException("an end tag does not match its start tag");
        }
        return after + 1;
    }

    /**
     * Reads the value of an element into the text fields, given where its start tag, the last tag read, ends. Returns
     * the index of its end tag.
     */
    int readValue(int from) {
        return requireEndTag(readText(from));
    }

    /** As {@link #readValue}, for a key, of which nothing is looked at that the key taken before began with as well. */
    int readKey(int from) {
        textShared = keys.of(buffer, from, limit);
        return requireEndTag(readText(from, from + textShared));
    }

    /** The key read last is not read again, and what follows is the next one. */
    void keyTaken() {
        keys.keep(text, textStart, text == buffer ? textLength : 0);
    }

    /** As {@link #readValue}, for a value that means nothing. */
    int readIdleValue(int from) {
        return requireEndTag(readIdleText(from));
    }

    private int requireEndTag(int at) {
        if (at == MORE || at + 1 >= limit) {
            return MORE;
        }
        if (buffer[at + 1] != '/') {
            throw new MalformedPageException("markup within a value");
        }
        return at;
    }

    /** The value of an element that is its own end tag. */
    void readEmptyValue() {
        textStart = 0;
        textLength = 0;
    }

    /** Checks text that means nothing, without decoding what needs none. Returns the index of the markup that ends it. */
    int readIdleText(int from) {
        byte[] bytes = buffer;
        int end = limit;
        int at = XmlBytes.skipPlain(bytes, from, end);
        while (XmlBytes.stand(QUOTE, bytes, at, end)) {
            at = XmlBytes.skipPlain(bytes, at + QUOTE.length, end);
        }
        if (at == end) {
            return MORE;
        }
        boolean tag = bytes[at] == '<' && at + 1 < end && bytes[at + 1] != '!';
        return tag ? at : decoder.read(from);
    }

    /** Reads text into the text fields. Returns the index of the markup that ends it. */
    int readText(int from) {
        return readText(from, from);
    }

    /** Reads text that is known to be plain up to an index. */
    private int readText(int from, int plainTo) {
        byte[] bytes = buffer;
        int end = limit;
        int at = XmlBytes.skipPlain(bytes, plainTo, end);
        if (at == end) {
            return MORE;
        }
        if (bytes[at] != '<' || at + 1 >= end || bytes[at + 1] == '!') {
            return decoder.read(from);
        }
        text = bytes;
        textStart = from;
        textLength = at - from;
        return at;
    }

    /** Moves over a byte order mark and the XML declaration, if there are. Returns whether enough has arrived for that. */
    boolean readProlog() {
        if (limit - position < LONGEST_OPENING) {
            return false;
        }
        if (startsWith("\u00ef\u00bb\u00bf")) {
            position += 3;
        }
        if (startsWith("<?xml") && XmlBytes.isSpace(buffer[position + 5])) {
            int after = XmlMiscellany.readDeclaration(this);
            if (after == MORE) {
                position = 0;
                return false;
            }
            position = after;
        }
        return true;
    }

    private boolean startsWith(String latin) {
        for (int i = 0; i < latin.length(); i++) {
            if ((buffer[position + i] & 0xff) != latin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a name from the given index on into the name fields. Returns the index behind it. */
    private int readName(int from) {
        int at = from;
        int local = from;
        while (at < limit && XmlBytes.isName(buffer[at])) {
            if (buffer[at++] == ':') {
                if (local != from || at - 1 == from) {
                    throw new MalformedPageException("a malformed tag name");
                }
                local = at;
            }
        }
        if (at == limit) {
            return MORE;
        }
        if (!XmlBytes.isNameStart(buffer[from]) || !XmlBytes.isNameStart(buffer[local])) {
            throw new MalformedPageException("a malformed tag name");
        }
        nameStart = from;
        localStart = local;
        nameEnd = at;
        return at;
    }
}
