package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/** Which namespace prefixes are declared where the scanner stands. Elements are told apart by their local names alone. */
final class XmlNamespaces {
    private record Declaration(String prefix, int depth) {}

    private final List<Declaration> declarations = new ArrayList<>(0);

    void declare(String prefix, String uri, int depth) {
        if (prefix.startsWith("xml") || uri.isEmpty() || uri.startsWith("http://www.w3.org/2000/xmlns")) {
            throw new MalformedPageException("a namespace declaration that XML forbids: " + prefix);
        }
        declarations.add(new Declaration(prefix, depth));
    }

    void requireDeclared(byte[] bytes, int start, int end) {
        requireDeclared(new String(bytes, start, end - start, US_ASCII));
    }

    void requireDeclared(String prefix) {
        for (Declaration declaration : declarations) {
            if (declaration.prefix().equals(prefix)) {
                return;
            }
        }
        throw new MalformedPageException("an undeclared namespace prefix: " + prefix);
    }

    /** Ends the declarations of an element at the given depth, and of those within it. */
    void leave(int depth) {
        for (int last = declarations.size() - 1;
                last >= 0 && declarations.get(last).depth() >= depth;
                last--) {
            declarations.remove(last);
        }
    }
}
