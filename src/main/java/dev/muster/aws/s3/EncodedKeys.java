package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decodes keys and prefixes if the page says that it encoded them. The page may say so after its keys, and servers that
 * cannot encode never say anything; so entries whose keys would differ wait until it is known.
 */
final class EncodedKeys {
    private enum Encoding {
        UNKNOWN,
        URL,
        NONE
    }

    private static final byte[] URL = "url".getBytes(US_ASCII);

    private final Consumer<ListingEntry> next;
    private final List<ListingEntry> waiting = new ArrayList<>();
    private final List<byte[]> prefixes = new ArrayList<>();
    private byte[] nextMarker = new byte[0];
    private Encoding encoding = Encoding.UNKNOWN;

    /** How many bytes the last key began with, as it came, before the first that is encoded. */
    private int plain;

    EncodedKeys(Consumer<ListingEntry> next) {
        this.next = next;
    }

    /** Takes an entry. Returns one that may be filled anew. */
    ListingEntry add(ListingEntry entry) {
        if (encoding == Encoding.UNKNOWN && !(waiting.isEmpty() && isPlain(entry))) {
            waiting.add(entry);
            return new ListingEntry();
        }
        pass(entry);
        return entry;
    }

    void addPrefix(byte[] text, int start, int length) {
        prefixes.add(Arrays.copyOfRange(text, start, start + length));
    }

    /** Takes the key at which the page says that the listing goes on. */
    void setNextMarker(byte[] text, int start, int length) {
        nextMarker = Arrays.copyOfRange(text, start, start + length);
    }

    /** Takes the value of the page's {@code EncodingType}. */
    void declare(byte[] text, int start, int length) {
        if (encoding != Encoding.UNKNOWN) {
            throw new MalformedPageException("a page with EncodingType twice");
        }
        boolean url = Arrays.equals(text, start, start + length, URL, 0, URL.length);
        if (!url && length > 0) {
            throw new MalformedPageException("an EncodingType that was not asked for");
        }
        settle(url ? Encoding.URL : Encoding.NONE);
    }

    /** The page is over: what it did not declare it did not do. */
    void finish() {
        if (encoding == Encoding.UNKNOWN) {
            settle(Encoding.NONE);
        }
    }

    /** The page's common prefixes, once it is over. */
    List<ObjectKey> prefixes() {
        return prefixes.stream().map(this::key).toList();
    }

    /** The key at which the page said that the listing goes on, once it is over. */
    Optional<ObjectKey> nextMarker() {
        return nextMarker.length == 0 ? Optional.empty() : Optional.of(key(nextMarker));
    }

    private ObjectKey key(byte[] bytes) {
        byte[] copy = bytes.clone();
        return ObjectKey.copyOf(copy, 0, decode(copy, copy.length));
    }

    private void settle(Encoding found) {
        encoding = found;
        waiting.forEach(this::pass);
        waiting.clear();
    }

    private void pass(ListingEntry entry) {
        if (encoding == Encoding.URL) {
            int known = Math.min(entry.keyShared, plain);
            plain = XmlBytes.skipUnescaped(entry.key, known, entry.keyLength);
            entry.keyLength = UrlEncoding.decode(entry.key, plain, entry.keyLength);
        }
        next.accept(entry);
    }

    private int decode(byte[] bytes, int length) {
        return encoding == Encoding.URL ? UrlEncoding.decode(bytes, 0, length) : length;
    }

    private static boolean isPlain(ListingEntry entry) {
        return XmlBytes.skipUnescaped(entry.key, 0, entry.keyLength) == entry.keyLength;
    }
}
