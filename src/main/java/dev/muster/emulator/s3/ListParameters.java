package dev.muster.emulator.s3;

import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.XmlBuffer;
import java.util.Optional;

/**
 * Parameters of a listing.
 *
 * @param maxKeys the most entries, keys and common prefixes together; from 0 to 1000
 * @param limit like {@code maxKeys}, unless this page is to be a short one
 * @param url whether keys are written percent-encoded
 * @param owner whether each key's owner is named
 */
record ListParameters(
        String bucket, String prefix, String delimiter, int maxKeys, int limit, boolean url, Optional<String> owner) {
    private static final int MOST = 1000;

    /** @param maxName {@code max-keys} or {@code max-uploads} */
    static ListParameters of(Call call, Bucket bucket, String maxName, boolean withOwner) {
        int maxKeys = Parameters.number(call, maxName, MOST);
        return new ListParameters(
                bucket.name(),
                call.parameter("prefix").orElse(""),
                call.parameter("delimiter").orElse(""),
                maxKeys,
                maxKeys == 0 ? 0 : Math.max(1, (int) (maxKeys * call.pageShare())),
                Parameters.urlEncoding(call),
                withOwner ? Optional.of(bucket.owner()) : Optional.empty());
    }

    /** Writes an element whose text is a key or a part of one. */
    void leaf(XmlBuffer xml, String name, String key) {
        byte[] text = Parameters.utf8(key);
        xml.open(name);
        text(xml, text, text.length);
        xml.close(name);
    }

    void text(XmlBuffer xml, byte[] text, int length) {
        if (url) {
            xml.url(text, 0, length);
        } else {
            xml.text(text, 0, length);
        }
    }

    void writeHead(XmlBuffer xml) {
        xml.leaf("Name", bucket);
        leaf(xml, "Prefix", prefix);
        if (!delimiter.isEmpty()) {
            leaf(xml, "Delimiter", delimiter);
        }
        if (url) {
            xml.leaf("EncodingType", "url");
        }
    }
}
