package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a page says of itself, or what an error document says in its place. */
final class ListingFields {
    private static final Set<ListingElement> OF_ERROR =
            EnumSet.of(ListingElement.CODE, ListingElement.MESSAGE, ListingElement.REQUEST_ID);

    private final EncodedKeys keys;
    private final Map<ListingElement, String> error = new EnumMap<>(ListingElement.class);
    private boolean isError;
    private String nextVersionMarker = "";
    private Optional<Boolean> truncated = Optional.empty();

    ListingFields(EncodedKeys keys) {
        this.keys = keys;
    }

    static boolean ofError(ListingElement field) {
        return OF_ERROR.contains(field);
    }

    void beginError() {
        isError = true;
    }

    /** Takes the scanner's last text as the value of a field. */
    void set(ListingElement field, XmlScanner scanner) {
        switch (field) {
            case ENCODING_TYPE -> keys.declare(scanner.text, scanner.textStart, scanner.textLength);
            case NEXT_KEY_MARKER -> keys.setNextMarker(scanner.text, scanner.textStart, scanner.textLength);
            case NEXT_VERSION_ID_MARKER -> nextVersionMarker = text(scanner);
            case IS_TRUNCATED -> setTruncated(Values.truth(scanner.text, scanner.textStart, scanner.textLength));
            default -> error.put(field, text(scanner));
        }
    }

    private void setTruncated(boolean value) {
        if (truncated.isPresent()) {
            throw new MalformedPageException("a page with IsTruncated twice");
        }
        truncated = Optional.of(value);
    }

    private static String text(XmlScanner scanner) {
        return new String(scanner.text, scanner.textStart, scanner.textLength, UTF_8);
    }

    /** Whether the listing goes on; a page has to say so. */
    boolean truncated() {
        return truncated.orElseThrow(() -> new MalformedPageException("a page without IsTruncated"));
    }

    /** The version at which the page said that the listing goes on; empty if it did not. */
    String nextVersionMarker() {
        return nextVersionMarker;
    }

    /** The error that came in place of a page. */
    Optional<ErrorDocumentException> error() {
        return isError
                ? Optional.of(new ErrorDocumentException(
                        of(ListingElement.CODE), of(ListingElement.MESSAGE), of(ListingElement.REQUEST_ID)))
                : Optional.empty();
    }

    private String of(ListingElement field) {
        return error.getOrDefault(field, "");
    }
}
