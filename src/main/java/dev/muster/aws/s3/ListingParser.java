package dev.muster.aws.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a page of <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a> or
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a> while its
 * bytes arrive. It takes elements in any order, passes over those it does not know, and makes no object per key.
 *
 * <p>A body that is cut short, not well-formed or lacks a value is an error, never a short page. For one page and one
 * thread at a time; of no more use after an error.
 */
public final class ListingParser {
    private final XmlScanner scanner = new XmlScanner();
    private final EntryReader entries;
    private final EncodedKeys keys;
    private final ListingFields fields;
    private final ListingGrammar grammar;
    private boolean started;
    private boolean failed;
    private long bytesRead;

    private ListingParser(String root, EntryReader entries) {
        this.entries = entries;
        this.keys = new EncodedKeys(entries::add);
        this.fields = new ListingFields(keys);
        this.grammar = new ListingGrammar(root, keys, fields);
    }

    /** A reader of a page of ListObjectsV2. */
    public static ListingParser ofObjects(ListingExpectation terms, ObjectSink sink) {
        Consumer<ListingEntry> next = entry ->
                sink.object(entry.key, 0, entry.keyLength, entry.bytes, entry.lastModifiedMillis, entry.storageClass);
        return new ListingParser("ListBucketResult", new EntryReader(terms, false, next));
    }

    /** A reader of a page of ListObjectVersions, where several versions of a key follow each other. */
    public static ListingParser ofVersions(ListingExpectation terms, VersionSink sink) {
        Consumer<ListingEntry> next = entry -> sink.version(
                entry.kind == ListingElement.DELETE_MARKER ? VersionSink.Kind.DELETE_MARKER : VersionSink.Kind.VERSION,
                entry.key,
                0,
                entry.keyLength,
                entry.latest,
                entry.bytes,
                entry.lastModifiedMillis,
                entry.storageClass);
        return new ListingParser("ListVersionsResult", new EntryReader(terms, true, next));
    }

    /**
     * Takes the next bytes of the body, all that remain in the buffer.
     *
     * @throws MalformedPageException if they cannot belong to a page
     * @throws KeyOrderException if a key comes where it must not
     */
    public void feed(ByteBuffer bytes) {
        requireUsable();
        failed = true;
        bytesRead += bytes.remaining();
        scanner.append(bytes);
        if (!started) {
            started = scanner.readProlog();
        }
        if (started) {
            grammar.advance(scanner);
        }
        failed = false;
    }

    /**
     * The body is over.
     *
     * @throws MalformedPageException if it was no whole page
     * @throws ErrorDocumentException if it was an error document
     * @throws KeyOrderException if a key came where it must not
     */
    public ListingPage finish() {
        requireUsable();
        failed = true;
        if (!grammar.complete() || scanner.position < scanner.limit) {
            throw new MalformedPageException("the answer was cut short after " + bytesRead + " bytes", true);
        }
        fields.error().ifPresent(error -> {
            throw error;
        });
        boolean truncated = fields.truncated();
        keys.finish();
        boolean marked =
                keys.nextMarker().isPresent() && !fields.nextVersionMarker().isEmpty();
        if (marked && truncated) {
            entries.requireNotBefore(keys.nextMarker().orElseThrow());
        }
        return new ListingPage(
                truncated,
                marked ? keys.nextMarker() : entries.lastKey(),
                marked ? Optional.of(fields.nextVersionMarker()) : entries.lastVersionId(),
                keys.prefixes(),
                entries.sample());
    }

    private void requireUsable() {
        if (failed) {
            throw new IllegalStateException("the page has failed or is finished");
        }
    }
}
