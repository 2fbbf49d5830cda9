package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What pages say, spelled out so that two readings can be compared. */
final class Words {
    private Words() {}

    static String object(String key, long bytes, long millis, String storageClass) {
        return key + " | " + bytes + " | " + millis + " | " + storageClass;
    }

    /** The reading of a body that arrives in pieces of the given size. */
    static List<String> read(byte[] body, int pieceSize) {
        return read(body, pieceSize, ListingExpectation.after(Optional.empty()));
    }

    static List<String> read(byte[] body, int pieceSize, ListingExpectation terms) {
        List<String> words = new ArrayList<>();
        ListingParser reader = ListingParser.of(ListingKind.OBJECTS, terms, entry -> words.add(object(entry)));
        ListingPage page = feed(reader, body, pieceSize);
        page.commonPrefixes().forEach(prefix -> words.add("prefix " + new String(prefix.bytes(), UTF_8)));
        words.add("truncated " + page.truncated());
        return words;
    }

    private static String object(ListingEntry entry) {
        String key = new String(entry.keyBytes(), 0, entry.keyLength(), UTF_8);
        String known = object(key, entry.size(), entry.dateMillis(), entry.storageClass());
        return entry.problem().isEmpty() ? known : known + " | " + entry.problem();
    }

    static ListingPage feed(ListingParser reader, byte[] body, int pieceSize) {
        for (int at = 0; at < body.length; at += pieceSize) {
            reader.feed(ByteBuffer.wrap(body, at, Math.min(pieceSize, body.length - at)));
        }
        return reader.finish();
    }
}
