package dev.muster.emulator.s3;

import dev.muster.emulator.keys.ObjectFacts;
import dev.muster.emulator.keys.StorageClass;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.XmlBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One page of a directory bucket: the same order at each request, but no order that a client could know. */
final class DirectoryPage {
    private static final String RESULT = "ListBucketResult";

    /** An object, or a common prefix, which has no storage class. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] key, long bytes, long modifiedSecond, StorageClass storageClass) {
        long place() {
            return ObjectFacts.mix(Arrays.hashCode(key));
        }
    }

    private DirectoryPage() {}

    /** @param token where the page before ended, as it has said itself */
    static Reply reply(ListParameters terms, Cursor cursor, Optional<String> token) {
        List<Entry> all = entries(terms, cursor);
        int from = token.map(DirectoryPage::position).orElse(0);
        int to = Math.min(all.size(), from + terms.limit());
        XmlBuffer xml = XmlBuffer.document().open(RESULT, S3Service.NAMESPACE);
        terms.writeHead(xml);
        xml.leaf("MaxKeys", terms.maxKeys()).leaf("KeyCount", to - from);
        xml.leaf("IsTruncated", to < all.size());
        if (to < all.size()) {
            xml.leaf("NextContinuationToken", token(to));
        }
        all.subList(from, to).forEach(entry -> write(terms, entry, xml));
        return Reply.xml(200, xml.close(RESULT));
    }

    private static List<Entry> entries(ListParameters terms, Cursor cursor) {
        Grouping grouping = new Grouping(terms);
        List<Entry> entries = new ArrayList<>();
        boolean more = cursor.seek(Parameters.utf8(terms.prefix()), true);
        while (more && grouping.contains(cursor.key(), cursor.keyLength())) {
            int group = grouping.commonPrefix(cursor.key(), cursor.keyLength());
            byte[] key = Arrays.copyOf(cursor.key(), group < 0 ? cursor.keyLength() : group);
            if (group < 0) {
                entries.add(new Entry(key, cursor.bytes(), cursor.modifiedSecond(), cursor.storageClass()));
                more = cursor.next();
            } else {
                entries.add(new Entry(key, 0, 0, null));
                more = cursor.seek(Parameters.beyond(key), true);
            }
        }
        entries.sort(Comparator.comparingLong(Entry::place));
        return entries;
    }

    private static void write(ListParameters terms, Entry entry, XmlBuffer xml) {
        String element = entry.storageClass == null ? "CommonPrefixes" : "Contents";
        xml.open(element).open(entry.storageClass == null ? "Prefix" : "Key");
        terms.text(xml, entry.key, entry.key.length);
        xml.close(entry.storageClass == null ? "Prefix" : "Key");
        if (entry.storageClass != null) {
            xml.open("LastModified").time(entry.modifiedSecond).raw(".000Z".getBytes(StandardCharsets.US_ASCII));
            xml.close("LastModified").leaf("Size", entry.bytes).leaf("StorageClass", entry.storageClass.name());
        }
        xml.close(element);
    }

    private static String token(int position) {
        byte[] text = Integer.toString(position).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(text);
    }

    private static int position(String token) {
        try {
            return Integer.parseInt(new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException malformed) {
            throw Parameters.badToken(token);
        }
    }
}
