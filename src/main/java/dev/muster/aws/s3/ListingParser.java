package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.xml.XmlException;
import dev.muster.aws.s3.xml.XmlHandler;
import dev.muster.aws.s3.xml.XmlTokenizer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a page of one of S3's listings while its bytes arrive. It accepts elements in any order, skips unknown ones,
 * and creates no object per entry.
 *
 * <p>A body that is cut short or not well-formed, is of another kind, or does not say whether the listing continues, is
 * an error, never a short page. An entry with a value that is missing or cannot be read is still an entry: see {@link
 * ListingEntry}. An empty element has no meaning. For one page and one thread at a time; unusable after an error.
 */
public final class ListingParser {
    private final ListingKind kind;
    private final boolean first;
    private final ListingDetail detail;
    private final EntryReader entries;
    private final EncodedKeys keys;
    private final XmlTokenizer<ListingElement> tokenizer = new XmlTokenizer<>(new Handler());
    private final Map<ListingElement, byte[]> values = new EnumMap<>(ListingElement.class);
    private ListingEntry entry = new ListingEntry();
    private boolean begun;
    private boolean isError;
    private boolean bucketsSeen;
    private boolean failed;
    private int count;
    private long bytesRead;

    private ListingParser(
            ListingKind kind, ListingDetail detail, ListingExpectation terms, Consumer<ListingEntry> sink) {
        this.kind = kind;
        this.detail = detail;
        this.first = terms.after().isEmpty();
        this.entries = new EntryReader(kind, terms, sink);
        this.keys = new EncodedKeys(entries::add);
    }

    /** A reader of a page for totals. */
    static ListingParser of(ListingKind kind, ListingExpectation terms, Consumer<ListingEntry> sink) {
        return of(kind, ListingDetail.FOR_TOTALS, terms, sink);
    }

    /**
     * A reader of a page.
     *
     * @param sink receives the entries one by one as the page's bytes arrive. The page may still turn out to be broken,
     *     so they count only once its {@link ListingPage} is returned
     */
    static ListingParser of(
            ListingKind kind, ListingDetail detail, ListingExpectation terms, Consumer<ListingEntry> sink) {
        return new ListingParser(kind, detail, terms, sink);
    }

    /**
     * Takes the next bytes of the body, all that remain in the buffer.
     *
     * @throws MalformedPageException if they cannot belong to a page
     * @throws KeyOrderException if a key is out of order
     */
    void feed(ByteBuffer bytes) {
        requireUsable();
        failed = true;
        bytesRead += bytes.remaining();
        try {
            tokenizer.feed(bytes);
        } catch (XmlException e) {
            throw begun ? new MalformedPageException(e.getMessage()) : MalformedPageException.foreign(e.getMessage());
        }
        requireBounds();
        failed = false;
    }

    /**
     * Checks the page's size: servers decide how much arrives, and some of it is held until the page ends (invariant
     * 4).
     */
    private void requireBounds() {
        if (bytesRead > ListingPage.MOST_BYTES || count > ListingPage.MOST_ENTRIES) {
            throw new MalformedPageException(
                    "it is too long for one page, after " + count + " entries in " + bytesRead + " bytes");
        }
    }

    /**
     * Ends the body.
     *
     * @throws MalformedPageException if it was no complete page
     * @throws ErrorDocumentException if it was an error document
     * @throws KeyOrderException if a key was out of order
     */
    ListingPage finish() {
        requireUsable();
        failed = true;
        if (!tokenizer.complete()) {
            String cut = "the answer was cut short after " + bytesRead + " bytes";
            throw begun ? new MalformedPageException(cut) : MalformedPageException.foreign(cut);
        }
        if (isError) {
            throw new ErrorDocumentException(
                    text(ListingElement.CODE), text(ListingElement.MESSAGE), text(ListingElement.REQUEST_ID));
        }
        if (kind == ListingKind.BUCKETS && !bucketsSeen) {
            throw new MalformedPageException("it is without Buckets");
        }
        keys.finish();
        Optional<String> token = nextToken();
        Optional<Boolean> said = saysTruncated();
        String id = text(
                kind == ListingKind.UPLOADS
                        ? ListingElement.NEXT_UPLOAD_ID_MARKER
                        : ListingElement.NEXT_VERSION_ID_MARKER);
        Optional<ObjectKey> lastKey = entries.lastKey();
        boolean truncated = truncated(said, token);
        boolean mayGoOn = said.isEmpty() || full() || token.isPresent();
        return new ListingPage(
                truncated,
                !truncated && goesOnByKey(lastKey) && mayGoOn,
                said,
                lastKey.or(this::nextKey),
                keys.endsEscaped(),
                entries.lastId(id),
                token,
                keys.prefixes(),
                entries.sample(),
                entries.disorder(),
                Map.of());
    }

    private Optional<Boolean> saysTruncated() {
        String value = text(ListingElement.IS_TRUNCATED).strip().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "" -> Optional.empty();
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> throw new MalformedPageException("IsTruncated is \"" + value + '"');
        };
    }

    /**
     * A page must say whether it is the last one; a list of buckets says so by its token alone. Some servers never say it, and
     * show that they have no more by a page without entries behind others.
     */
    private boolean truncated(Optional<Boolean> said, Optional<String> token) {
        if (said.isEmpty() && token.isEmpty() && count == 0 && first && kind != ListingKind.BUCKETS) {
            throw new MalformedPageException("a page without IsTruncated");
        }
        return said.orElse(token.isPresent());
    }

    /**
     * Tells whether more can be requested, after the last key or a part's number. A page that shows nothing new is the
     * end.
     */
    private boolean goesOnByKey(Optional<ObjectKey> lastKey) {
        return kind == ListingKind.PARTS || (kind != ListingKind.BUCKETS && lastKey.isPresent());
    }

    /**
     * Tells whether the page is as long as pages can be. A longer one comes from a server without a limit, or with a round
     * one of its own.
     */
    private boolean full() {
        int most = most();
        return count == most || (count > most && count % ListingRequest.MOST == 0);
    }

    /** Greatest number of entries by the page's own statement; no server sends more than S3. */
    private int most() {
        String told = text(ListingElement.MAX_KEYS) + text(ListingElement.MAX_UPLOADS) + text(ListingElement.MAX_PARTS);
        int most = told.matches("[0-9]{1,4}") ? Integer.parseInt(told) : 0;
        return most == 0 ? ListingRequest.MOST : Math.min(most, ListingRequest.MOST);
    }

    private Optional<String> nextToken() {
        String next = text(ListingElement.NEXT_CONTINUATION_TOKEN);
        String named = next.isEmpty() && kind == ListingKind.BUCKETS ? text(ListingElement.CONTINUATION_TOKEN) : next;
        return Optional.of(named).filter(token -> !token.isEmpty());
    }

    /** The place from which a page without entries continues; a page of objects names a token instead. */
    private Optional<ObjectKey> nextKey() {
        return Optional.ofNullable(values.get(ListingElement.NEXT_KEY_MARKER))
                .filter(key -> key.length > 0 && kind != ListingKind.OBJECTS)
                .map(keys::key);
    }

    private String text(ListingElement element) {
        byte[] value = values.get(element);
        return value == null ? "" : new String(value, UTF_8);
    }

    private void requireUsable() {
        if (failed) {
            throw new IllegalStateException("the page has failed or is finished");
        }
    }

    private final class Handler implements XmlHandler<ListingElement> {
        @Override
        public ListingElement element(ListingElement parent, String name) {
            ListingElement element = ListingElement.of(kind, parent, name);
            begun = true;
            return element != null && element.isReadFor(detail) ? element : null;
        }

        @Override
        public void start(ListingElement element) {
            if (element.isEntry()) {
                entry.begin(element);
            } else if (element == ListingElement.ERROR) {
                isError = true;
            } else if (element == ListingElement.BUCKETS) {
                bucketsSeen = true;
            }
        }

        @Override
        public void value(ListingElement element, byte[] bytes, int offset, int length) {
            if (element.isField()) {
                entry.set(element, bytes, offset, length);
            } else if (element.isEntry()) {
                emptyEntry(element, bytes, offset, length);
            } else {
                ofPage(element, bytes, offset, length);
            }
        }

        private void ofPage(ListingElement element, byte[] bytes, int offset, int length) {
            switch (element) {
                case PAGE, COMMON_PREFIXES, OWNER -> {}
                case BUCKETS -> bucketsSeen = true;
                case ERROR -> isError = true;
                case PREFIX -> {
                    keys.addPrefix(bytes, offset, length);
                    count++;
                }
                case ENCODING_TYPE -> keys.declare(bytes, offset, length);
                default -> put(element, Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }

        @Override
        public void end(ListingElement element) {
            if (element.isEntry()) {
                entry.end();
                entry = keys.add(entry);
                count++;
            }
        }

        private void put(ListingElement element, byte[] value) {
            byte[] before = values.put(element, value);
            if (before != null && !Arrays.equals(before, value)) {
                throw new MalformedPageException("a page with two values of " + element);
            }
        }

        /** Ignores an entry without fields, unless it contains something else. */
        private void emptyEntry(ListingElement element, byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, UTF_8).strip();
            if (!text.isEmpty()) {
                entry.begin(element);
                entry.unreadable();
                entry = keys.add(entry);
                count++;
            }
        }
    }

    /** The answers of S3 that {@link ListingParser} reads, by their root elements. */
    enum ListingKind {
        /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>. */
        OBJECTS("ListBucketResult"),
        /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a>. */
        VERSIONS("ListVersionsResult"),
        /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">ListMultipartUploads</a>. */
        UPLOADS("ListMultipartUploadsResult"),
        /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html">ListParts</a>. */
        PARTS("ListPartsResult"),
        /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a>. */
        BUCKETS("ListAllMyBucketsResult");

        final String root;

        ListingKind(String root) {
            this.root = root;
        }

        /** Tells whether keys must ascend; for uploads the reader of the whole listing decides. */
        boolean ordered() {
            return this == OBJECTS || this == VERSIONS;
        }

        /** Tells whether several entries in a row may have the same key. */
        boolean repeatsKeys() {
            return this == VERSIONS || this == UPLOADS;
        }
    }

    /** Extent to which the entries of a listing are read. */
    public enum ListingDetail {
        /** Everything that totals need, without ETags, checksums and owners. */
        FOR_TOTALS,

        /** Also ETags and checksum algorithms. */
        ALL,

        /** Also owners, which S3 omits from a listing of objects unless asked for them. */
        WITH_OWNERS
    }

    /**
     * Expectations that a page is checked against while it is read.
     *
     * @param after the key after which the page was requested. Some servers begin with that very key: it is skipped. A key
     *     before it is an error
     * @param id a version of that key, if the page was requested after it: then further versions of the key may come. It is
     *     skipped as well
     * @param anyOrder whether keys may come in any order; the page then says where they did not ascend
     */
    public record ListingExpectation(Optional<ObjectKey> after, Optional<String> id, boolean anyOrder) {
        public ListingExpectation {
            requireNonNull(after, "after is null");
            requireNonNull(id, "id is null");
        }

        public static ListingExpectation after(Optional<ObjectKey> key) {
            return new ListingExpectation(key, Optional.empty(), false);
        }

        /** Expectation of a page that begins in the middle of a key, after one of its versions. */
        public static ListingExpectation within(ObjectKey key, String id) {
            return new ListingExpectation(Optional.of(key), Optional.of(id), false);
        }

        ListingExpectation inAnyOrder() {
            return new ListingExpectation(after, id, true);
        }
    }

    /**
     * The service answered with an <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">error document</a> where a page was
     * expected.
     */
    public static final class ErrorDocumentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;
        private final String text;
        private final String requestId;

        ErrorDocumentException(String code, String text, String requestId) {
            super(code + ": " + text);
            this.code = requireNonNull(code, "code is null");
            this.text = requireNonNull(text, "text is null");
            this.requestId = requireNonNull(requestId, "requestId is null");
        }

        /** The service's name for the error, such as {@code SlowDown}; empty if it gave none. */
        public String code() {
            return code;
        }

        /** Message of the service, for people; empty if there is none. */
        public String text() {
            return text;
        }

        /** The request's id; empty if the service gave none. */
        public String requestId() {
            return requestId;
        }
    }
}
