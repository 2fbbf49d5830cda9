package dev.muster.aws.s3.xml;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the attributes of a start tag. In data, they only declare namespace prefixes. */
final class XmlAttributes {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "[ \\t\\r\\n]+(?:(" + NAME + "):)?(" + NAME + ")[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"([^\"<]*)\"|'([^'<]*)')");
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
                    matcher.group(1), matcher.group(2), matcher.group(3) != null ? matcher.group(3) : matcher.group(4));
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
