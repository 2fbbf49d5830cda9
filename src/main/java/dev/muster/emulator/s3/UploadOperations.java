package dev.muster.emulator.s3;

import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.ListOperations.ListParameters;
import dev.muster.emulator.s3.ObjectOperations.Metadata;
import dev.muster.emulator.s3.ObjectVersion.VersionIds;
import dev.muster.emulator.s3.StoredCatalogue.WriteCondition;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** Multipart uploads from their beginning to their end. */
final class UploadOperations {
    private static final int MOST_PARTS = 10_000;

    private final BucketStore buckets;
    private final VersionIds versionIds;
    private final InstantSource clock;

    UploadOperations(BucketStore buckets, VersionIds versionIds, InstantSource clock) {
        this.buckets = buckets;
        this.versionIds = versionIds;
        this.clock = clock;
    }

    Reply create(Call call, Address address) {
        Bucket bucket = buckets.require(call, address.bucket());
        bucket.writable();
        Uploads.Upload upload =
                bucket.uploads().begin(address.key(), now(), Metadata.contentType(call), Metadata.of(call));
        XmlBuffer xml = XmlBuffer.document().open("InitiateMultipartUploadResult", S3Service.NAMESPACE);
        xml.leaf("Bucket", bucket.name()).leaf("Key", address.key()).leaf("UploadId", upload.id());
        return Reply.xml(200, xml.close("InitiateMultipartUploadResult"));
    }

    Reply part(Call call, Address address) {
        Uploads.Upload upload = require(call, address);
        int number = Parameters.number(call, "partNumber", Integer.MAX_VALUE);
        if (number < 1 || number > MOST_PARTS) {
            String message = "Part number must be an integer between 1 and 10000, inclusive";
            throw S3Errors.invalidArgument(message, "partNumber", Integer.toString(number));
        }
        ByteString content = ContentReader.content(call).compact();
        String etag = ETags.of(content);
        upload.parts().put(number, new Uploads.Part(new Blob.Bytes(content), etag, now()));
        return Reply.empty(200).with("ETag", ETags.quoted(etag));
    }

    Reply parts(Call call, Address address) {
        Uploads.Upload upload = require(call, address);
        int after = Parameters.number(call, "part-number-marker", Integer.MAX_VALUE);
        after = call.asks("part-number-marker") ? after : 0;
        int limit = Parameters.number(call, "max-parts", 1000);
        List<Map.Entry<Integer, Uploads.Part>> rest =
                List.copyOf(upload.parts().tailMap(after, false).entrySet());
        List<Map.Entry<Integer, Uploads.Part>> page = rest.subList(0, Math.min(limit, rest.size()));
        XmlBuffer xml = XmlBuffer.document().open("ListPartsResult", S3Service.NAMESPACE);
        xml.leaf("Bucket", address.bucket()).leaf("Key", address.key()).leaf("UploadId", upload.id());
        xml.leaf("PartNumberMarker", after);
        if (!page.isEmpty()) {
            xml.leaf("NextPartNumberMarker", page.get(page.size() - 1).getKey());
        }
        xml.leaf("MaxParts", limit).leaf("IsTruncated", page.size() < rest.size());
        for (Map.Entry<Integer, Uploads.Part> part : page) {
            xml.open("Part").leaf("PartNumber", part.getKey());
            xml.leaf("LastModified", Parameters.iso(part.getValue().modified()));
            xml.leaf("ETag", ETags.quoted(part.getValue().etag()));
            xml.leaf("Size", part.getValue().content().size()).close("Part");
        }
        return Reply.xml(200, xml.leaf("StorageClass", "STANDARD").close("ListPartsResult"));
    }

    Reply complete(Call call, Address address) {
        Bucket bucket = buckets.require(call, address.bucket());
        StoredCatalogue objects = bucket.writable();
        Uploads.Upload upload = bucket.uploads().require(Parameters.required(call, "uploadId"), address.key());
        List<Uploads.Part> parts = CompleteRequest.parse(call.body()).select(upload);
        List<String> etags = parts.stream().map(Uploads.Part::etag).toList();
        ObjectVersion version = new ObjectVersion(
                objects.versioned() ? versionIds.next() : ObjectVersion.NO_VERSION,
                CompleteRequest.join(parts),
                ETags.ofParts(etags),
                now(),
                StorageClass.STANDARD,
                false,
                upload.contentType(),
                upload.metadata());
        objects.put(address.key(), version, WriteCondition.of(call));
        bucket.uploads().end(upload);
        XmlBuffer xml = XmlBuffer.document().open("CompleteMultipartUploadResult", S3Service.NAMESPACE);
        xml.leaf("Location", call.path()).leaf("Bucket", bucket.name()).leaf("Key", address.key());
        xml.leaf("ETag", ETags.quoted(version.etag()));
        return Reply.xml(200, xml.close("CompleteMultipartUploadResult"));
    }

    Reply abort(Call call, Address address) {
        Bucket bucket = buckets.require(call, address.bucket());
        bucket.writable();
        bucket.uploads().end(bucket.uploads().require(Parameters.required(call, "uploadId"), address.key()));
        return Reply.empty(204);
    }

    private Uploads.Upload require(Call call, Address address) {
        Bucket bucket = buckets.require(call, address.bucket());
        bucket.require(Permission.WRITE);
        return bucket.uploads().require(Parameters.required(call, "uploadId"), address.key());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The document that CompleteMultipartUpload takes: which parts make up the object. */
    record CompleteRequest(List<Choice> choices) {
        private static final long LEAST_PART_BYTES = 5L << 20;

        record Choice(int number, String etag) {}

        static CompleteRequest parse(ByteString document) {
            Parser parser = new Parser();
            RequestDocuments.read(document, parser);
            if (parser.choices.isEmpty()) {
                throw S3Errors.malformedXml();
            }
            return new CompleteRequest(List.copyOf(parser.choices));
        }

        /** The chosen parts of an upload: they must exist as named, ascend, and but for the last have 5 MiB. */
        List<Uploads.Part> select(Uploads.Upload upload) {
            List<Uploads.Part> parts = new ArrayList<>();
            int before = 0;
            for (Choice choice : choices) {
                Uploads.Part part = upload.parts().get(choice.number());
                if (part == null || !ETags.matches(choice.etag(), part.etag())) {
                    throw new ServiceError(
                            400, "InvalidPart", "One or more of the specified parts could not be found.");
                }
                if (choice.number() <= before) {
                    throw new ServiceError(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
                }
                before = choice.number();
                parts.add(part);
            }
            if (parts.stream()
                    .limit(parts.size() - 1L)
                    .anyMatch(part -> part.content().size() < LEAST_PART_BYTES)) {
                throw new ServiceError(
                        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
            }
            return List.copyOf(parts);
        }

        /** The object, without copying its parts. */
        static Blob join(List<Uploads.Part> parts) {
            ByteString content = ByteString.emptyByteString();
            for (Uploads.Part part : parts) {
                if (!(part.content() instanceof Blob.Bytes bytes)) {
                    return new Blob.Zeros(parts.stream()
                            .mapToLong(any -> any.content().size())
                            .sum());
                }
                content = content.concat(bytes.bytes());
            }
            return new Blob.Bytes(content);
        }

        private static final class Parser implements RequestDocuments.Listener {
            private final List<Choice> choices = new ArrayList<>();
            private int number;
            private String etag = "";

            @Override
            public void element(String name, String text) {
                switch (name) {
                    case "PartNumber" -> number = number(text.strip());
                    case "ETag" -> etag = text.strip();
                    case "Part" -> choices.add(new Choice(number, etag));
                    default -> {}
                }
            }

            private static int number(String text) {
                if (!text.matches("\\d{1,5}")) {
                    throw S3Errors.malformedXml();
                }
                return Integer.parseInt(text);
            }
        }
    }

    /** One page of ListMultipartUploads. */
    static final class UploadsPage {
        private static final String RESULT = "ListMultipartUploadsResult";

        private final ListParameters terms;
        private final Grouping grouping;
        private final XmlBuffer entries = XmlBuffer.fragment(4096);
        private int count;
        private boolean truncated;
        private String lastKey = "";
        private String lastUpload = "";
        private byte[] group = {};

        private UploadsPage(ListParameters terms) {
            this.terms = terms;
            this.grouping = new Grouping(terms);
        }

        static Reply write(ListParameters terms, Uploads uploads, String keyMarker, Optional<String> idMarker) {
            UploadsPage page = new UploadsPage(terms);
            for (Uploads.Upload upload : uploads.all()) {
                if (!page.truncated && page.isBehind(upload, keyMarker, idMarker)) {
                    page.add(upload);
                }
            }
            return page.reply(keyMarker, idMarker);
        }

        private boolean isBehind(Uploads.Upload upload, String keyMarker, Optional<String> idMarker) {
            byte[] key = Parameters.utf8(upload.key());
            byte[] marker = Parameters.utf8(keyMarker);
            if (!grouping.contains(key, key.length)) {
                return false;
            }
            if (idMarker.isPresent() && upload.key().equals(keyMarker)) {
                return upload.id().compareTo(idMarker.get()) > 0;
            }
            Grouping.Start start = grouping.after(marker);
            int order = Arrays.compareUnsigned(key, start.bound());
            return order > 0 || (order == 0 && start.inclusive());
        }

        private void add(Uploads.Upload upload) {
            byte[] key = Parameters.utf8(upload.key());
            int length = grouping.commonPrefix(key, key.length);
            if (length >= 0 && group.length == length && Arrays.equals(group, 0, length, key, 0, length)) {
                return;
            }
            if (count == terms.limit()) {
                truncated = terms.limit() > 0;
                return;
            }
            count++;
            if (length < 0) {
                writeUpload(upload);
            } else {
                group = Arrays.copyOf(key, length);
                lastKey = Parameters.text(group);
                lastUpload = "";
                entries.open("CommonPrefixes");
                terms.leaf(entries, "Prefix", lastKey);
                entries.close("CommonPrefixes");
            }
        }

        private void writeUpload(Uploads.Upload upload) {
            lastKey = upload.key();
            lastUpload = upload.id();
            String owner = terms.owner().orElseThrow();
            terms.leaf(entries.open("Upload"), "Key", upload.key());
            entries.leaf("UploadId", upload.id());
            Parameters.writeOwner(entries, "Initiator", owner);
            Parameters.writeOwner(entries, "Owner", owner);
            entries.leaf("StorageClass", "STANDARD");
            entries.leaf("Initiated", Parameters.iso(upload.initiated())).close("Upload");
        }

        private Reply reply(String keyMarker, Optional<String> idMarker) {
            XmlBuffer xml =
                    XmlBuffer.document().open(RESULT, S3Service.NAMESPACE).leaf("Bucket", terms.bucket());
            terms.leaf(xml, "KeyMarker", keyMarker);
            xml.leaf("UploadIdMarker", idMarker.orElse(""));
            if (truncated) {
                terms.leaf(xml, "NextKeyMarker", lastKey);
                xml.leaf("NextUploadIdMarker", lastUpload);
            }
            terms.leaf(xml, "Prefix", terms.prefix());
            if (!terms.delimiter().isEmpty()) {
                terms.leaf(xml, "Delimiter", terms.delimiter());
            }
            if (terms.url()) {
                xml.leaf("EncodingType", "url");
            }
            xml.leaf("MaxUploads", terms.maxKeys()).leaf("IsTruncated", truncated);
            return Reply.xml(200, xml.append(entries).close(RESULT));
        }
    }
}
