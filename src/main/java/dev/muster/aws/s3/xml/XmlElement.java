package dev.muster.aws.s3.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.xml.XmlText.XmlReferences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** Checks the attributes of a start tag. In data, they only declare namespace prefixes. */
    static final class XmlAttributes {
        private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
        private static final Pattern ATTRIBUTE = Pattern.compile("[ \\t\\r\\n]+(?:(" + NAME + "):)?(" + NAME
                + ")[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"([^\"<]*)\"|'([^'<]*)')");
        private static final Pattern END = Pattern.compile("[ \\t\\r\\n]*/?");
        private static final Pattern REFERENCE = Pattern.compile("&([^;]*)(;?)");

        private final Set<String> declared = new HashSet<>();
        private final Set<String> used = new HashSet<>();
        private final Set<String> names = new HashSet<>();

        private XmlAttributes() {}

        /**
         * Checks what stands in a start tag between its name and its {@code >}.
         *
         * @param known whether a prefix is declared around the element
         * @return the prefixes that the tag declares
         */
        static Set<String> check(String source, Predicate<String> known) {
            XmlAttributes attributes = new XmlAttributes();
            Matcher matcher = ATTRIBUTE.matcher(source);
            int at = 0;
            while (matcher.region(at, source.length()).lookingAt()) {
                attributes.take(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3) != null ? matcher.group(3) : matcher.group(4));
                at = matcher.end();
            }
            if (!END.matcher(source.substring(at)).matches()) {
                throw new XmlException("malformed attributes in a tag");
            }
            for (String prefix : attributes.used) {
                if (!attributes.declared.contains(prefix) && !known.test(prefix)) {
                    throw new XmlException("an undeclared namespace prefix: " + prefix);
                }
            }
            return Set.copyOf(attributes.declared);
        }

        private void take(String prefix, String name, String value) {
            if (!names.add(name)) {
                throw new XmlException("an attribute given twice: " + name);
            }
            Matcher references = REFERENCE.matcher(value);
            while (references.find()) {
                if (references.group(2).isEmpty() || XmlReferences.codePoint(references.group(1)) < 0) {
                    throw new XmlException("an unknown entity in an attribute: " + references.group(1));
                }
            }
            if ("xmlns".equals(prefix)) {
                declare(name, value);
            } else if (prefix != null) {
                used.add(prefix);
            }
        }

        private void declare(String prefix, String uri) {
            if (prefix.startsWith("xml") || uri.isEmpty() || uri.startsWith("http://www.w3.org/2000/xmlns")) {
                throw new XmlException("a namespace declaration that XML forbids: " + prefix);
            }
            declared.add(prefix);
        }
    }
}
