package dev.muster.emulator.s3;

import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.s3.UploadOperations.UploadsPage;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.emulator.server.XmlBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** Operations that list a bucket. */
final class ListOperations {
    private static final String RESULT = "ListBucketResult";

    private final BucketStore buckets;

    ListOperations(BucketStore buckets) {
        this.buckets = buckets;
    }

    Reply objectsV2(Call call, String name) {
        Bucket bucket = listable(call, name);
        boolean withOwner = call.parameter("fetch-owner").filter("true"::equals).isPresent();
        ListParameters terms = ListParameters.of(call, bucket, "max-keys", withOwner);
        Optional<String> token = call.parameter("continuation-token");
        Optional<String> startAfter = call.parameter("start-after").filter(key -> !key.isEmpty());
        byte[] after = token.map(ListOperations::untoken).orElse(Parameters.utf8(startAfter.orElse("")));
        ObjectPage page = ObjectPage.write(terms, bucket.catalogue().cursor(), after);
        XmlBuffer xml = head(terms);
        startAfter.ifPresent(key -> terms.leaf(xml, "StartAfter", key));
        token.ifPresent(value -> xml.leaf("ContinuationToken", value));
        if (page.truncated()) {
            xml.leaf("NextContinuationToken", Base64.getEncoder().encodeToString(page.last()));
        }
        xml.leaf("KeyCount", page.count());
        return reply(terms, page, xml);
    }

    /** The first version of the API, which older clients still use. */
    Reply objects(Call call, String name) {
        Bucket bucket = listable(call, name);
        ListParameters terms = ListParameters.of(call, bucket, "max-keys", true);
        String marker = call.parameter("marker").orElse("");
        ObjectPage page = ObjectPage.write(terms, bucket.catalogue().cursor(), Parameters.utf8(marker));
        XmlBuffer xml = head(terms);
        terms.leaf(xml, "Marker", marker);
        if (page.truncated() && !terms.delimiter().isEmpty()) {
            terms.leaf(xml, "NextMarker", new String(page.last(), StandardCharsets.UTF_8));
        }
        return reply(terms, page, xml);
    }

    Reply versions(Call call, String name) {
        Bucket bucket = listable(call, name);
        ListParameters terms = ListParameters.of(call, bucket, "max-keys", true);
        return VersionPage.write(
                terms,
                bucket.catalogue(),
                call.parameter("key-marker").orElse(""),
                call.parameter("version-id-marker").filter(id -> !id.isEmpty()));
    }

    Reply uploads(Call call, String name) {
        Bucket bucket = listable(call, name);
        ListParameters terms = ListParameters.of(call, bucket, "max-uploads", true);
        return UploadsPage.write(
                terms,
                bucket.uploads(),
                call.parameter("key-marker").orElse(""),
                call.parameter("upload-id-marker").filter(id -> !id.isEmpty()));
    }

    private Bucket listable(Call call, String name) {
        Bucket bucket = buckets.require(call, name);
        bucket.require(Permission.LIST);
        return bucket;
    }

    private static XmlBuffer head(ListParameters terms) {
        XmlBuffer xml = XmlBuffer.document().open(RESULT, S3Service.NAMESPACE);
        terms.writeHead(xml);
        return xml.leaf("MaxKeys", terms.maxKeys());
    }

    /** Joins the pieces without copying them. */
    private static Reply reply(ListParameters terms, ObjectPage page, XmlBuffer head) {
        head.leaf("IsTruncated", page.truncated());
        ByteString document = head.toByteString().concat(page.contents().toByteString());
        if (!terms.delimiter().isEmpty()) {
            document = document.concat(page.commonPrefixes().toByteString());
        }
        XmlBuffer tail = XmlBuffer.fragment(64).close(RESULT);
        return new Reply(200, Map.of(), Reply.XML, new Blob.Bytes(document.concat(tail.toByteString())));
    }

    private static byte[] untoken(String token) {
        try {
            return Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException malformed) {
            throw Parameters.badToken(token);
        }
    }

    /**
     * Parameters of a listing.
     *
     * @param maxKeys greatest number of keys and common prefixes together; from 0 to 1000
     * @param limit equal to {@code maxKeys}, unless this page is to be short
     * @param url whether keys are written percent-encoded
     * @param owner whether the owner of each key is included
     */
    record ListParameters(
            String bucket,
            String prefix,
            String delimiter,
            int maxKeys,
            int limit,
            boolean url,
            Optional<String> owner) {
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
}
