package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the part of a start tag behind its name. Attributes carry nothing for a listing but namespace declarations. */
final class XmlAttributes {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "[ \\t\\r\\n]+(?:(" + NAME + "):)?(" + NAME + ")[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:\"([^\"<]*)\"|'([^'<]*)')");
    private static final Pattern REFERENCE = Pattern.compile("&([^;]*)(;?)");
    private static final Pattern END = Pattern.compile("[ \\t\\r\\n]*/?");

    private final XmlScanner scanner;
    private final XmlNamespaces namespaces;

    XmlAttributes(XmlScanner scanner, XmlNamespaces namespaces) {
        this.scanner = scanner;
        this.namespaces = namespaces;
    }

    /** Reads from behind the tag's name on. Returns the index behind the tag. */
    int read(int from, int depth) {
        int close = close(from);
        if (close == XmlScanner.MORE) {
            return XmlScanner.MORE;
        }
        XmlMiscellany.requireCharacters(scanner.buffer, from, close);
        String source = new String(scanner.buffer, from, close - from, UTF_8);
        Matcher matcher = ATTRIBUTE.matcher(source);
        Set<String> prefixes = new HashSet<>();
        Set<String> names = new HashSet<>();
        int at = 0;
        while (matcher.region(at, source.length()).lookingAt()) {
            attribute(matcher, depth, prefixes, names);
            at = matcher.end();
        }
        if (!END.matcher(source.substring(at)).matches()) {
            throw new MalformedPageException("malformed attributes in a tag");
        }
        prefixes.forEach(namespaces::requireDeclared);
        scanner.selfClosing = source.endsWith("/");
        return close + 1;
    }

    private void attribute(Matcher matcher, int depth, Set<String> prefixes, Set<String> names) {
        String prefix = matcher.group(1);
        String name = matcher.group(2);
        String value = matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
        Matcher references = REFERENCE.matcher(value);
        while (references.find()) {
            if (references.group(2).isEmpty()) {
                throw new MalformedPageException("an ampersand that begins no reference");
            }
            XmlReferences.codePoint(references.group(1));
        }
        if (!names.add(name)) {
            throw new MalformedPageException("an attribute given twice: " + name);
        }
        if ("xmlns".equals(prefix)) {
            namespaces.declare(name, value, depth);
        } else if (prefix != null && !prefix.equals("xml")) {
            prefixes.add(prefix);
        }
    }

    /** The index of the {@code >} that ends the tag: the first one outside of quotes. */
    private int close(int from) {
        byte quote = 0;
        for (int at = from; at < scanner.limit; at++) {
            byte value = scanner.buffer[at];
            if (quote != 0) {
                quote = value == quote ? 0 : quote;
            } else if (value == '"' || value == '\'') {
                quote = value;
            } else if (value == '>') {
                return at;
            }
        }
        return XmlScanner.MORE;
    }
}
