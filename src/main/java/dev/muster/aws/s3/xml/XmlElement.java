package dev.muster.aws.s3.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A start tag in its place: all elements that begin with the same bytes within the same element share one. Two
 * positions in a document with the same {@code XmlElement} therefore have the same elements open, in the same
 * namespaces.
 */
final class XmlElement<E> {
    private static final int DEEPEST = 64;
    /** Start tags beyond this number in one place are read each time; this bounds memory and search. */
    private static final int MOST_CHILDREN = 32;

    /** The element around this one; null for the document itself. */
    final XmlElement<E> parent;
    /** The meaning of this element to the handler; null if it has none. */
    final E meaning;
    /** The whole tag, from behind its {@code <} up to and including its {@code >}. */
    final byte[] tag;
    /** The length of the name, with its prefix, at the beginning of the tag. */
    final int nameLength;

    /** The markup that followed the last time this element held a value; null if nothing is known. */
    XmlMarkup<E> next;

    private final Set<String> prefixes;
    private final List<XmlElement<E>> children = new ArrayList<>();
    private final int depth;

    private XmlElement(XmlElement<E> parent, E meaning, byte[] tag, int nameLength, Set<String> prefixes) {
        this.parent = parent;
        this.meaning = meaning;
        this.tag = tag;
        this.nameLength = nameLength;
        this.prefixes = prefixes;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /** The document, which holds the root. */
    static <E> XmlElement<E> document() {
        return new XmlElement<>(null, null, new byte[0], 0, Set.of("xml"));
    }

    boolean isDocument() {
        return parent == null;
    }

    boolean isEmpty() {
        return tag[tag.length - 2] == '/';
    }

    /** The child element whose start tag is at the index, if known; else null. */
    XmlElement<E> known(byte[] bytes, int at, int end) {
        for (int i = 0; i < children.size(); i++) {
            XmlElement<E> child = children.get(i);
            if (XmlBytes.stand(child.tag, bytes, at, end)) {
                return child;
            }
        }
        return null;
    }

    /** The element within this one whose start tag is the given one, from behind its {@code <} up to its {@code >}. */
    XmlElement<E> learn(byte[] newTag, XmlHandler<E> handler) {
        if (depth == DEEPEST) {
            throw new XmlException("elements nested deeper than " + DEEPEST);
        }
        int nameEnd = XmlBytes.nameEnd(newTag, 0);
        int colon = 0;
        while (colon < nameEnd && newTag[colon] != ':') {
            colon++;
        }
        int local = colon == nameEnd ? 0 : colon + 1;
        requireName(newTag, 0, local == 0 ? nameEnd : colon);
        requireName(newTag, local, nameEnd);
        String attributes = new String(newTag, nameEnd, newTag.length - 1 - nameEnd, UTF_8);
        Set<String> declared = XmlAttributes.check(attributes, this::declares);
        String prefix = new String(newTag, 0, local == 0 ? 0 : colon, US_ASCII);
        if (!prefix.isEmpty() && !declared.contains(prefix) && !declares(prefix)) {
            throw new XmlException("an undeclared namespace prefix: " + prefix);
        }
        String name = new String(newTag, local, nameEnd - local, US_ASCII);
        E known = isDocument() || meaning != null ? handler.element(meaning, name) : null;
        XmlElement<E> child = new XmlElement<>(this, known, newTag, nameEnd, declared);
        if (children.size() < MOST_CHILDREN) {
            children.add(child);
        }
        return child;
    }

    private boolean declares(String prefix) {
        return prefixes.contains(prefix) || (parent != null && parent.declares(prefix));
    }

    private static void requireName(byte[] tag, int from, int end) {
        if (from >= end || !XmlBytes.isNameStart(tag[from])) {
            throw new XmlException("a malformed tag name");
        }
        for (int i = from; i < end; i++) {
            if (tag[i] == ':') {
                throw new XmlException("a malformed tag name");
            }
        }
    }
}
