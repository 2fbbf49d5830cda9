package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Follows a page from element to element, and knows which of them mean something where. */
final class ListingGrammar {
    private enum Place {
        PROLOG,
        PAGE,
        ENTRY,
        PREFIXES,
        ERROR,
        ELSEWHERE,
        EPILOG
    }

    private final String root;
    private final EncodedKeys keys;
    private final ListingFields fields;
    private final OpenElements open = new OpenElements();
    private final MarkupMemory memory = new MarkupMemory();
    private ListingEntry entry = new ListingEntry();
    private Place place = Place.PROLOG;
    private Place around = Place.PROLOG;
    private int aroundDepth;
    private boolean prefixSeen;

    ListingGrammar(String root, EncodedKeys keys, ListingFields fields) {
        this.root = root;
        this.keys = keys;
        this.fields = fields;
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
        ListingElement field = ListingElement.of(scanner);
        return switch (place) {
            case PROLOG -> enter(scanner, after, rootPlace(scanner));
            case PAGE -> inPage(scanner, after, field);
            case ENTRY -> ListingEntry.holds(field) ? entryValue(scanner, after, field) : passOver(scanner, after);
            case PREFIXES -> field == ListingElement.PREFIX ? value(scanner, after, field) : passOver(scanner, after);
            case ERROR -> ListingFields.ofError(field) ? value(scanner, after, field) : passOver(scanner, after);
            case ELSEWHERE -> enter(scanner, after, Place.ELSEWHERE);
            case EPILOG -> throw new MalformedPageException("a second document after the page");
        };
    }

    private Place rootPlace(XmlScanner scanner) {
        String name = new String(scanner.buffer, scanner.localStart, scanner.nameEnd - scanner.localStart, US_ASCII);
        if (name.equals("Error")) {
            fields.beginError();
            return Place.ERROR;
        }
        if (!name.equals(root)) {
            throw new MalformedPageException("<" + name + "> where <" + root + "> was expected");
        }
        return Place.PAGE;
    }

    private int inPage(XmlScanner scanner, int after, ListingElement field) {
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

    private int value(XmlScanner scanner, int after, ListingElement field) {
        int end = valueEnd(scanner, after, field);
        int behind = end == XmlScanner.MORE ? end : behindValue(scanner, end);
        if (behind == XmlScanner.MORE) {
            return XmlScanner.MORE;
        }
        if (place == Place.PREFIXES) {
            addPrefix(scanner);
        } else {
            fields.set(field, scanner);
        }
        memory.forgetPlace();
        return behind;
    }

    /** Takes a value of an entry, and those after it as long as the markup between them is known. */
    private int entryValue(XmlScanner scanner, int afterTag, ListingElement first) {
        ListingElement field = first;
        int after = afterTag;
        LearnedMarkup last = null;
        memory.reach(scanner, field, after);
        while (true) {
            int end = valueEnd(scanner, after, field);
            if (end == XmlScanner.MORE) {
                return XmlScanner.MORE;
            }
            LearnedMarkup known = memory.after(field);
            if (known == null || scanner.selfClosing || !known.follows(scanner, end, last)) {
                return lastKnownValue(scanner, end, field);
            }
            entry.set(field, scanner);
            if (known.nextEntry != null) {
                finishEntry();
                entry.begin(known.nextEntry);
            }
            after = known.skip(scanner, end);
            field = known.next;
            last = known;
        }
    }

    private int lastKnownValue(XmlScanner scanner, int end, ListingElement field) {
        int behind = behindValue(scanner, end);
        if (behind != XmlScanner.MORE) {
            entry.set(field, scanner);
            memory.leave(field, end);
        }
        return behind;
    }

    private static int valueEnd(XmlScanner scanner, int after, ListingElement field) {
        if (scanner.selfClosing) {
            scanner.readEmptyValue();
            return after;
        }
        return switch (field) {
            case KEY -> scanner.readKey(after);
            case ETAG -> scanner.readIdleValue(after);
            default -> scanner.readValue(after);
        };
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

    private void addPrefix(XmlScanner scanner) {
        if (prefixSeen) {
            throw new MalformedPageException("a common prefix with two values");
        }
        prefixSeen = true;
        keys.addPrefix(scanner.text, scanner.textStart, scanner.textLength);
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
