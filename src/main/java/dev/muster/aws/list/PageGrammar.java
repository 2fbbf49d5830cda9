package dev.muster.aws.list;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows a page from element to element, and knows which of them mean something where. */
final class PageGrammar {
    private enum Place {
        PROLOG,
        PAGE,
        ENTRY,
        PREFIXES,
        ERROR,
        ELSEWHERE,
        EPILOG
    }

    private static final Set<Field> ERROR_FIELDS =
            EnumSet.of(Field.CODE, Field.MESSAGE, Field.REGION, Field.REQUEST_ID);

    private final String root;
    private final EncodedKeys keys;
    private final OpenElements open = new OpenElements();
    private final Map<Field, String> error = new EnumMap<>(Field.class);
    private final MarkupMemory memory = new MarkupMemory();
    private PageEntry entry = new PageEntry();
    private Place place = Place.PROLOG;
    private Place around = Place.PROLOG;
    private int aroundDepth;
    private boolean prefixSeen;
    private String nextVersionMarker = "";
    private Optional<Boolean> truncated = Optional.empty();

    PageGrammar(String root, EncodedKeys keys) {
        this.root = root;
        this.keys = keys;
    }

    /** Takes what is whole in the scanner, to which bytes were appended. */
    void advance(XmlScanner scanner) {
        memory.forgetPlace();
        int after = step(scanner);
        while (after != XmlScanner.MORE) {
            scanner.position = after;
            after = step(scanner);
        }
    }

    /** Whether the page's element has ended. */
    boolean complete() {
        return place == Place.EPILOG;
    }

    /** What the page's {@code IsTruncated} said. */
    Optional<Boolean> truncated() {
        return truncated;
    }

    /** The version at which the page said that the listing goes on; empty if it did not. */
    String nextVersionMarker() {
        return nextVersionMarker;
    }

    /** The fields of the error document that came in place of a page; empty for a page. */
    Map<Field, String> error() {
        return error;
    }

    private int step(XmlScanner scanner) {
        if (place == Place.ELSEWHERE) {
            int end = scanner.readText(scanner.position);
            if (end != scanner.position) {
                return end;
            }
        }
        scanner.skipSpace();
        if (scanner.position == scanner.limit) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[scanner.position] != '<') {
            throw new MalformedPageException("text where an element was expected");
        }
        return switch (scanner.markup()) {
            case XmlScanner.MORE -> XmlScanner.MORE;
            case '/' -> endTag(scanner);
            case '!', '?' -> XmlMiscellany.read(scanner);
            default -> startTag(scanner);
        };
    }

    private int startTag(XmlScanner scanner) {
        int after = scanner.readStartTag(open.depth());
        if (after == XmlScanner.MORE) {
            return XmlScanner.MORE;
        }
        Field field = Field.of(scanner);
        return switch (place) {
            case PROLOG -> enter(scanner, after, rootPlace(scanner));
            case PAGE -> inPage(scanner, after, field);
            case ENTRY -> PageEntry.holds(field) ? entryValue(scanner, after, field) : passOver(scanner, after);
            case PREFIXES -> field == Field.PREFIX ? value(scanner, after, field) : passOver(scanner, after);
            case ERROR -> ERROR_FIELDS.contains(field) ? value(scanner, after, field) : passOver(scanner, after);
            case ELSEWHERE -> enter(scanner, after, Place.ELSEWHERE);
            case EPILOG -> throw new MalformedPageException("a second document after the page");
        };
    }

    private Place rootPlace(XmlScanner scanner) {
        String name = new String(scanner.buffer, scanner.localStart, scanner.nameEnd - scanner.localStart, US_ASCII);
        if (name.equals("Error")) {
            error.put(Field.CODE, "");
            return Place.ERROR;
        }
        if (!name.equals(root)) {
            throw new MalformedPageException("<" + name + "> where <" + root + "> was expected");
        }
        return Place.PAGE;
    }

    private int inPage(XmlScanner scanner, int after, Field field) {
        switch (field) {
            case CONTENTS, VERSION, DELETE_MARKER -> {
                entry.begin(field);
                memory.beginEntry(scanner, field);
                return enter(scanner, after, Place.ENTRY);
            }
            case COMMON_PREFIXES -> {
                prefixSeen = false;
                return enter(scanner, after, Place.PREFIXES);
            }
            case IS_TRUNCATED, ENCODING_TYPE, NEXT_KEY_MARKER, NEXT_VERSION_ID_MARKER -> {
                return value(scanner, after, field);
            }
            default -> {
                return passOver(scanner, after);
            }
        }
    }

    private int enter(XmlScanner scanner, int after, Place inner) {
        if (scanner.selfClosing) {
            if (inner != Place.ELSEWHERE) {
                throw new MalformedPageException("an empty element where a value was expected");
            }
            scanner.leave(open.depth());
            return after;
        }
        open.push(scanner.buffer, scanner.nameStart, scanner.nameEnd);
        place = inner;
        return after;
    }

    private int value(XmlScanner scanner, int after, Field field) {
        int end = valueEnd(scanner, after, field);
        int behind = end == XmlScanner.MORE ? end : behindValue(scanner, end);
        if (behind == XmlScanner.MORE) {
            return XmlScanner.MORE;
        }
        byte[] text = scanner.text;
        int start = scanner.textStart;
        int length = scanner.textLength;
        switch (place) {
            case PREFIXES -> addPrefix(text, start, length);
            case ERROR -> error.put(field, new String(text, start, length, UTF_8));
            default -> setPage(field, text, start, length);
        }
        memory.forgetPlace();
        return behind;
    }

    /** Takes a value of an entry, and those after it as long as the markup between them is known. */
    private int entryValue(XmlScanner scanner, int afterTag, Field first) {
        Field field = first;
        int after = afterTag;
        memory.reach(scanner, field, after);
        while (true) {
            int end = valueEnd(scanner, after, field);
            if (end == XmlScanner.MORE) {
                return XmlScanner.MORE;
            }
            LearnedMarkup known = memory.after(field);
            if (known == null || scanner.selfClosing || !known.follows(scanner, end)) {
                return lastKnownValue(scanner, end, field);
            }
            entry.set(field, scanner);
            if (known.nextEntry != null) {
                finishEntry();
                entry.begin(known.nextEntry);
            }
            after = known.skip(scanner, end);
            field = known.next;
        }
    }

    private int lastKnownValue(XmlScanner scanner, int end, Field field) {
        int behind = behindValue(scanner, end);
        if (behind != XmlScanner.MORE) {
            entry.set(field, scanner);
            memory.leave(field, end);
        }
        return behind;
    }

    private static int valueEnd(XmlScanner scanner, int after, Field field) {
        if (scanner.selfClosing) {
            scanner.readEmptyValue();
            return after;
        }
        return field == Field.ETAG ? scanner.readIdleValue(after) : scanner.readValue(after);
    }

    private int behindValue(XmlScanner scanner, int end) {
        int behind =
                scanner.selfClosing ? end : scanner.readEndTag(end, scanner.buffer, scanner.nameStart, scanner.nameEnd);
        if (behind != XmlScanner.MORE) {
            scanner.leave(open.depth());
        }
        return behind;
    }

    private void finishEntry() {
        entry.end();
        entry = keys.add(entry);
    }

    private void addPrefix(byte[] text, int start, int length) {
        if (prefixSeen) {
            throw new MalformedPageException("a common prefix with two values");
        }
        prefixSeen = true;
        keys.addPrefix(text, start, length);
    }

    private void setPage(Field field, byte[] text, int start, int length) {
        switch (field) {
            case ENCODING_TYPE -> keys.declare(text, start, length);
            case NEXT_KEY_MARKER -> keys.setNextMarker(text, start, length);
            case NEXT_VERSION_ID_MARKER -> nextVersionMarker = new String(text, start, length, UTF_8);
            default -> {
                if (truncated.isPresent()) {
                    throw new MalformedPageException("a page with IsTruncated twice");
                }
                truncated = Optional.of(Values.truth(text, start, length));
            }
        }
    }

    /** Passes over an element that means nothing here; one with child elements is followed to its end. */
    private int passOver(XmlScanner scanner, int after) {
        if (scanner.selfClosing) {
            scanner.leave(open.depth());
            return after;
        }
        int end = scanner.readIdleText(after);
        if (end == XmlScanner.MORE || end + 1 >= scanner.limit) {
            return XmlScanner.MORE;
        }
        if (scanner.buffer[end + 1] == '/') {
            int behind = scanner.readEndTag(end, scanner.buffer, scanner.nameStart, scanner.nameEnd);
            if (behind != XmlScanner.MORE) {
                scanner.leave(open.depth());
            }
            return behind;
        }
        around = place;
        aroundDepth = open.depth();
        return enter(scanner, after, Place.ELSEWHERE);
    }

    private int endTag(XmlScanner scanner) {
        if (open.depth() == 0) {
            throw new MalformedPageException("an end tag without a start tag");
        }
        int after = open.readEndTag(scanner);
        if (after == XmlScanner.MORE) {
            return XmlScanner.MORE;
        }
        open.pop();
        scanner.leave(open.depth());
        switch (place) {
            case ENTRY -> {
                finishEntry();
                place = Place.PAGE;
            }
            case PREFIXES -> {
                if (!prefixSeen) {
                    throw new MalformedPageException("a common prefix without a value");
                }
                place = Place.PAGE;
            }
            case ELSEWHERE -> place = open.depth() == aroundDepth ? around : Place.ELSEWHERE;
            default -> place = Place.EPILOG;
        }
        return after;
    }
}
