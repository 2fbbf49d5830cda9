package dev.muster.aws.s3.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.xml.XmlMarkup.Event;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a document of data while its bytes arrive, and reports its elements and values to an {@link XmlHandler}. It
 * creates no object per element, and holds only the tag or value that has not arrived completely.
 *
 * <p>It is strict with markup: it accepts well-formed XML in UTF-8 without a document type, with names in ASCII, where
 * an element holds either text or other elements. Anything else, and a document cut short, is an error. It is lenient
 * with text, see {@link XmlText}: a name with a byte that XML has no place for is still a name.
 *
 * <p><b>How it is fast.</b> Most of a document of data is markup, and most markup comes again and again. In {@code
 * <a><k>1</k><v>2</v></a><a><k>3</k>...} the bytes {@code </v></a><a><k>} follow each value of {@code v}. Their first
 * time they are read tag by tag, and kept with what came of them as the {@link XmlMarkup} of {@code v}: the end of one
 * {@code a}, the start of another, and that a {@code k} is open. From then on one comparison of the bytes stands for
 * all that. This is safe because what markup means depends on its bytes and on the open elements alone, and an {@link
 * XmlElement} stands for both its tag and all that is open around it.
 *
 * <p>For one document and one thread at a time; unusable after an error.
 */
public final class XmlTokenizer<E> {
    /** The bytes so far do not suffice. */
    static final int MORE = -1;

    /** Greatest length of a tag or text, far above what data contains, as a bound on memory. */
    private static final int LONGEST = 1 << 20;
    /** A byte order mark and the beginning of an XML declaration; every document is longer. */
    private static final int LONGEST_OPENING = 9;

    private final XmlHandler<E> handler;
    private final XmlText decoder = new XmlText();
    private final List<Event<E>> events = new ArrayList<>();
    private byte[] buffer = new byte[32 * 1024];
    private int position;
    private int limit;
    private boolean started;

    /** The innermost element that is open; the document before its root and after it. */
    private XmlElement<E> open = XmlElement.document();
    /** True if the open element holds other elements or comments, so that text may not follow. */
    private boolean branch = true;

    private boolean rootEnded;

    /** The element whose value came last, and where its end tag begins; {@link #MORE} if that was not in this buffer. */
    private XmlElement<E> left = open;

    private int leftAt = MORE;

    /** The text read last. */
    private byte[] text = buffer;

    private int textStart;
    private int textLength;

    public XmlTokenizer(XmlHandler<E> handler) {
        this.handler = handler;
    }

    /**
     * Takes the next bytes of the document, all that remain in the buffer.
     *
     * @throws XmlException if they cannot belong to a document
     */
    public void feed(ByteBuffer bytes) {
        append(bytes);
        if (!started) {
            started = readProlog();
        }
        if (started) {
            leftAt = MORE;
            int after = step();
            while (after != MORE) {
                position = after;
                after = step();
            }
        }
    }

    /** Tells whether the document is complete: its root has ended, and nothing has begun after it. */
    public boolean complete() {
        return rootEnded && position == limit;
    }

    private void append(ByteBuffer bytes) {
        int kept = limit - position;
        int needed = kept + bytes.remaining();
        if (kept > LONGEST) {
            throw new XmlException("a tag or value is longer than " + LONGEST + " bytes");
        }
        byte[] target = needed <= buffer.length ? buffer : new byte[Math.max(needed, 2 * buffer.length)];
        System.arraycopy(buffer, position, target, 0, kept);
        bytes.get(target, kept, bytes.remaining());
        buffer = target;
        position = 0;
        limit = needed;
    }

    /**
     * Skips a byte order mark, blanks and the XML declaration, if present. XML forbids blanks there, and some servers send
     * them to keep a connection open. Returns whether enough bytes have arrived for that.
     */
    private boolean readProlog() {
        while (position < limit && XmlBytes.isSpace(buffer[position])) {
            position++;
        }
        if (limit - position < LONGEST_OPENING) {
            return false;
        }
        int at = startsWith("\u00ef\u00bb\u00bf", position) ? position + 3 : position;
        if (startsWith("<?xml", at) && XmlBytes.isSpace(buffer[at + 5])) {
            at = XmlMiscellany.readDeclaration(buffer, at, limit);
        }
        if (at == MORE) {
            return false;
        }
        position = at;
        return true;
    }

    private boolean startsWith(String latin, int from) {
        for (int i = 0; i < latin.length(); i++) {
            if ((buffer[from + i] & 0xff) != latin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads what begins at the position. Returns the index behind it, and never moves the position behind what it needs again. */
    private int step() {
        return branch ? markup() : text();
    }

    private int markup() {
        while (position < limit && XmlBytes.isSpace(buffer[position])) {
            position++;
        }
        if (position + 1 >= limit) {
            if (position < limit && buffer[position] != '<') {
                throw new XmlException("text where an element was expected");
            }
            return MORE;
        }
        if (buffer[position] != '<') {
            throw new XmlException("text where an element was expected");
        }
        return switch (buffer[position + 1]) {
            case '/' -> endOfBranch();
            case '!', '?' -> XmlMiscellany.read(buffer, position, limit);
            default -> startTag();
        };
    }

    private int startTag() {
        if (rootEnded) {
            throw new XmlException("a second document after the first");
        }
        XmlElement<E> child = open.known(buffer, position + 1, limit);
        if (child == null) {
            int end = endOfTag(position + 1);
            if (end == MORE) {
                return MORE;
            }
            child = open.learn(Arrays.copyOfRange(buffer, position + 1, end), handler);
        }
        int behind = position + 1 + child.tag.length;
        if (child.isEmpty()) {
            tell(child, 0, 0);
            ended();
        } else {
            open = child;
            branch = false;
        }
        return behind;
    }

    /** The index behind the first {@code >} outside of quotes. */
    private int endOfTag(int from) {
        byte quote = 0;
        for (int at = from; at < limit; at++) {
            byte value = buffer[at];
            if (quote != 0) {
                quote = value == quote ? 0 : quote;
            } else if (value == '"' || value == '\'') {
                quote = value;
            } else if (value == '>') {
                return at + 1;
            }
        }
        return MORE;
    }

    /** Takes the text of the open element, and of those after it as long as the markup between them is known. */
    private int text() {
        while (true) {
            int end = open.meaning == null ? passOverText(position) : readText(position);
            if (end == MORE || end + 1 >= limit) {
                return MORE;
            }
            if (buffer[end + 1] != '/') {
                return beginBranch(end);
            }
            XmlElement<E> leaf = open;
            if (leftAt != MORE) {
                learn(leaf);
            }
            XmlMarkup<E> known = leaf.next;
            if (known == null || !XmlBytes.stand(known.bytes, buffer, end, limit)) {
                return endOfValue(end);
            }
            if (leaf.meaning != null) {
                handler.value(leaf.meaning, text, textStart, textLength);
            }
            known.replay(handler);
            open = known.target;
            position = end + known.bytes.length;
        }
    }

    /** Goes back to the start of what seemed to be a value and is an element that holds others. */
    private int beginBranch(int end) {
        for (int i = textStart; i < textStart + textLength; i++) {
            if (!XmlBytes.isSpace(text[i])) {
                throw new XmlException("markup within a value");
            }
        }
        tell(open, true);
        branch = true;
        return end;
    }

    private int endOfValue(int end) {
        int behind = endTag(end);
        if (behind != MORE) {
            XmlElement<E> leaf = open;
            tell(leaf, textStart, textLength);
            open = leaf.parent;
            ended();
            left = leaf;
            leftAt = end;
            events.clear();
        }
        return behind;
    }

    private int endOfBranch() {
        if (open.isDocument()) {
            throw new XmlException("an end tag without a start tag");
        }
        int behind = endTag(position);
        if (behind != MORE) {
            tell(open, false);
            open = open.parent;
            ended();
        }
        return behind;
    }

    /** Reports a value. Learned markup contains no values. */
    private void tell(XmlElement<E> leaf, int start, int length) {
        if (leaf.meaning != null) {
            handler.value(leaf.meaning, text, start, length);
            leftAt = MORE;
        }
    }

    private void tell(XmlElement<E> element, boolean start) {
        if (element.meaning == null) {
            return;
        }
        Event<E> event = new Event<>(element.meaning, start);
        event.tell(handler);
        if (leftAt != MORE) {
            events.add(event);
        }
    }

    /** An element within the one now open has ended. */
    private void ended() {
        branch = true;
        rootEnded = open.isDocument();
    }

    /** The markup since the last value has led to a value of the given element. */
    private void learn(XmlElement<E> leaf) {
        if (position - leftAt <= XmlMarkup.LONGEST) {
            left.next = new XmlMarkup<>(Arrays.copyOfRange(buffer, leftAt, position), events, leaf);
        }
        leftAt = MORE;
    }

    /** Reads the end tag of the open element. Returns the index behind it. */
    private int endTag(int from) {
        int at = from + 2;
        int after = at + open.nameLength;
        if (after >= limit) {
            return MORE;
        }
        boolean matches = Arrays.equals(buffer, at, after, open.tag, 0, open.nameLength);
        while (after < limit && XmlBytes.isSpace(buffer[after])) {
            after++;
        }
        if (after == limit) {
            return MORE;
        }
        if (!matches || buffer[after] != '>') {
            throw new XmlException("an end tag does not match its start tag");
        }
        return after + 1;
    }

    /** Reads text without meaning. It is decoded only if that is needed to find its end, or to see that it is blank. */
    private int passOverText(int from) {
        int at = XmlBytes.skipPlain(buffer, from, limit);
        while (at < limit && buffer[at] != '<') {
            at = XmlBytes.skipPlain(buffer, at + 1, limit);
        }
        return at + 1 < limit && buffer[at + 1] == '/' ? at : readText(from);
    }

    /** Reads text into the text fields. Returns the index of the markup that ends it. */
    private int readText(int from) {
        int at = XmlBytes.skipPlain(buffer, from, limit);
        if (at == limit) {
            return MORE;
        }
        if (buffer[at] == '<' && at + 1 < limit && buffer[at + 1] != '!') {
            text = buffer;
            textStart = from;
            textLength = at - from;
            return at;
        }
        int end = decoder.read(buffer, from, limit);
        if (end != MORE) {
            text = decoder.bytes();
            textStart = 0;
            textLength = decoder.length();
        }
        return end;
    }

    /**
     * Checks the form of the XML declaration, comments and processing instructions, which have no meaning here. Some servers
     * declare an encoding that they do not use: those that begin as ASCII does pass, as names and escaped keys need no more.
     */
    static final class XmlMiscellany {
        private static final String ENCODING = "(?i:utf-?8|us-ascii|ascii|iso-8859-\\d{1,2}|latin1|windows-125\\d)";
        private static final Pattern DECLARATION = Pattern.compile(
                "<\\?xml[ \\t\\r\\n]+version[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"1\\.[01]\"|'1\\.[01]')"
                        + "(?:[ \\t\\r\\n]+encoding[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"" + ENCODING + "\"|'" + ENCODING
                        + "'))?"
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
                    && !form.matcher(new String(bytes, from, after - from, UTF_8))
                            .matches()) {
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
}
