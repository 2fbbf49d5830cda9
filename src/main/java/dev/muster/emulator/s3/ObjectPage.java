package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.Catalogue.Cursor;
import dev.muster.emulator.s3.ListOperations.ListParameters;
import dev.muster.emulator.server.XmlBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** One page of current objects, written while walking without allocation per key. */
final class ObjectPage {
    private static final int TYPICAL_BYTES_BESIDES_KEY = 205;
    private static final byte[] KEY = ascii("<Contents><Key>");
    private static final byte[] MODIFIED = ascii("</Key><LastModified>");
    private static final byte[] ETAG = ascii(".000Z</LastModified><ETag>&quot;");
    private static final byte[] SIZE = ascii("&quot;</ETag><Size>");
    private static final byte[] END = ascii("</Size>");
    private static final Map<StorageClass, byte[]> CLASSES = classes();

    private final ListParameters terms;
    private final Grouping grouping;
    private final Cursor cursor;
    private final byte[] owner;
    private final XmlBuffer contents;
    private final XmlBuffer commonPrefixes = XmlBuffer.fragment(256);
    private int count;
    private byte[] last = {};
    private boolean truncated;

    private ObjectPage(ListParameters terms, Cursor cursor) {
        this.terms = terms;
        this.grouping = new Grouping(terms);
        this.cursor = cursor;
        this.owner = terms.owner()
                .map(id -> ascii("<Owner><ID>" + Parameters.canonicalId(id) + "</ID></Owner>"))
                .orElse(new byte[0]);
        this.contents = XmlBuffer.fragment(1024);
    }

    /** @param after key after which the listing begins */
    static ObjectPage write(ListParameters terms, Cursor cursor, byte[] after) {
        ObjectPage page = new ObjectPage(terms, cursor);
        if (terms.limit() > 0) {
            page.walk(page.grouping.after(after));
        }
        return page;
    }

    private void walk(Grouping.Start start) {
        boolean more = cursor.seek(start.bound(), start.inclusive());
        if (more) {
            contents.reserve(terms.limit() * (TYPICAL_BYTES_BESIDES_KEY + cursor.keyLength()));
        }
        while (more && grouping.contains(cursor.key(), cursor.keyLength())) {
            if (count == terms.limit()) {
                truncated = true;
                return;
            }
            count++;
            int group = grouping.commonPrefix(cursor.key(), cursor.keyLength());
            int length = group < 0 ? cursor.keyLength() : group;
            if (group >= 0 || count == terms.limit()) {
                last = Arrays.copyOf(cursor.key(), length);
            }
            if (group < 0) {
                writeEntry();
                more = cursor.next();
            } else {
                writeCommonPrefix(length);
                more = cursor.seek(Parameters.beyond(last), true);
            }
        }
    }

    private void writeEntry() {
        terms.text(contents.raw(KEY), cursor.key(), cursor.keyLength());
        contents.raw(MODIFIED).time(cursor.modifiedSecond());
        cursor.writeETag(contents.raw(ETAG));
        contents.raw(SIZE).number(cursor.bytes()).raw(END).raw(owner);
        contents.raw(CLASSES.get(cursor.storageClass()));
    }

    private void writeCommonPrefix(int length) {
        commonPrefixes.open("CommonPrefixes").open("Prefix");
        terms.text(commonPrefixes, cursor.key(), length);
        commonPrefixes.close("Prefix").close("CommonPrefixes");
    }

    XmlBuffer contents() {
        return contents;
    }

    XmlBuffer commonPrefixes() {
        return commonPrefixes;
    }

    int count() {
        return count;
    }

    boolean truncated() {
        return truncated;
    }

    /** The last key or common prefix of a truncated page. */
    byte[] last() {
        return last;
    }

    private static Map<StorageClass, byte[]> classes() {
        Map<StorageClass, byte[]> classes = new EnumMap<>(StorageClass.class);
        for (StorageClass name : StorageClass.values()) {
            classes.put(name, ascii("<StorageClass>" + name + "</StorageClass></Contents>"));
        }
        return Collections.unmodifiableMap(classes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
