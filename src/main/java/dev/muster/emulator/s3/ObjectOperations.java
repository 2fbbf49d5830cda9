package dev.muster.emulator.s3;

import dev.muster.emulator.Permission;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.server.Blob;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** Operations on single objects. */
final class ObjectOperations {
    private static final String CRC32_HEADER = "x-amz-checksum-crc32";
    private static final String VERSION_HEADER = "x-amz-version-id";

    private final BucketStore buckets;
    private final VersionIds versionIds;
    private final InstantSource clock;

    ObjectOperations(BucketStore buckets, VersionIds versionIds, InstantSource clock) {
        this.buckets = buckets;
        this.versionIds = versionIds;
        this.clock = clock;
    }

    Reply get(Call call, Address address) {
        Bucket bucket = buckets.require(call, address.bucket());
        bucket.require(Permission.READ);
        ObjectVersion version = find(call, bucket, address.key());
        Map<String, String> headers = headers(version);
        Optional<String> ifMatch = call.header("if-match");
        if (ifMatch.isPresent() && !ETags.matches(ifMatch.get(), version.etag())) {
            throw S3Errors.preconditionFailed("If-Match");
        }
        Optional<String> ifNoneMatch = call.header("if-none-match");
        if (ifNoneMatch.isPresent() && ETags.matches(ifNoneMatch.get(), version.etag())) {
            throw new ServiceError(304, "NotModified", "Not Modified", headers, Map.of());
        }
        Optional<ByteRange> range = call.header("range")
                .flatMap(text -> ByteRange.parse(text, version.content().size()));
        if (range.isEmpty()) {
            return new Reply(200, headers, version.contentType(), version.content());
        }
        headers.put("Content-Range", range.get().contentRange(version.content().size()));
        Blob part = version.content().slice(range.get().from(), range.get().until());
        return new Reply(206, headers, version.contentType(), part);
    }

    /** Without the permission to list, what does not exist is forbidden too. */
    private static ObjectVersion find(Call call, Bucket bucket, String key) {
        Optional<String> versionId = call.parameter("versionId");
        Optional<ObjectVersion> version = versionId.isPresent()
                ? bucket.catalogue().version(key, versionId.get())
                : bucket.catalogue().current(key);
        if (version.isEmpty()) {
            bucket.require(Permission.LIST);
            throw S3Errors.noSuchKey(key);
        }
        if (version.get().deleteMarker()) {
            throw S3Errors.methodNotAllowed();
        }
        return version.get();
    }

    private static Map<String, String> headers(ObjectVersion version) {
        Map<String, String> headers = new LinkedHashMap<>(version.metadata());
        headers.put("ETag", ETags.quoted(version.etag()));
        headers.put("Last-Modified", Parameters.http(version.modified()));
        headers.put("Accept-Ranges", "bytes");
        if (!version.storageClass().name().equals("STANDARD")) {
            headers.put("x-amz-storage-class", version.storageClass().name());
        }
        if (!version.versionId().equals(ObjectVersion.NO_VERSION)) {
            headers.put(VERSION_HEADER, version.versionId());
        }
        return headers;
    }

    Reply put(Call call, Address address) {
        StoredCatalogue objects = buckets.require(call, address.bucket()).writable();
        if (Parameters.utf8(address.key()).length > KeyGenerator.MAX_KEY_BYTES) {
            throw new ServiceError(400, "KeyTooLongError", "Your key is too long");
        }
        if (call.header("x-amz-copy-source").isPresent()) {
            throw S3Errors.notImplemented();
        }
        ByteString content = ContentReader.content(call).compact();
        ObjectVersion version = new ObjectVersion(
                objects.versioned() ? versionIds.next() : ObjectVersion.NO_VERSION,
                new Blob.Bytes(content),
                ETags.of(content),
                now(),
                Metadata.storageClass(call),
                false,
                Metadata.contentType(call),
                Metadata.of(call));
        objects.put(address.key(), version, WriteCondition.of(call));
        Reply stored = Reply.empty(200).with("ETag", ETags.quoted(version.etag()));
        Reply reply = call.header(CRC32_HEADER)
                .map(sum -> stored.with(CRC32_HEADER, sum))
                .orElse(stored);
        return objects.versioned() ? reply.with(VERSION_HEADER, version.versionId()) : reply;
    }

    Reply delete(Call call, Address address) {
        StoredCatalogue objects = buckets.require(call, address.bucket()).writable();
        Optional<String> versionId = call.parameter("versionId");
        return Reply.empty(204).with(delete(objects, address.key(), versionId, WriteCondition.of(call)));
    }

    Reply deleteAll(Call call, String bucket) {
        StoredCatalogue objects = buckets.require(call, bucket).writable();
        DeleteRequest request = DeleteRequest.parse(ContentReader.content(call));
        XmlBuffer xml = XmlBuffer.document().open("DeleteResult", S3Service.NAMESPACE);
        for (DeleteRequest.Target target : request.targets()) {
            delete(objects, target.key(), target.versionId(), WriteCondition.NONE);
            if (!request.quiet()) {
                xml.open("Deleted").leaf("Key", target.key());
                target.versionId().ifPresent(id -> xml.leaf("VersionId", id));
                xml.close("Deleted");
            }
        }
        return Reply.xml(200, xml.close("DeleteResult"));
    }

    /** Deletes what is there, and is content if nothing is. Returns the headers that tell about versions. */
    private Map<String, String> delete(
            StoredCatalogue objects, String key, Optional<String> versionId, WriteCondition condition) {
        if (versionId.isPresent()) {
            objects.removeVersion(key, versionId.get());
            return Map.of(VERSION_HEADER, versionId.get());
        }
        if (objects.versioned()) {
            ObjectVersion marker = ObjectVersion.marker(versionIds.next(), now());
            objects.put(key, marker, condition);
            return Map.of(VERSION_HEADER, marker.versionId(), "x-amz-delete-marker", "true");
        }
        objects.remove(key, condition);
        return Map.of();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
