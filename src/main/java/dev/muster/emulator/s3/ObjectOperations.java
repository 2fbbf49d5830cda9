package dev.muster.emulator.s3;

import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.ObjectVersion.VersionIds;
import dev.muster.emulator.s3.StoredCatalogue.WriteCondition;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.UriText;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Finds an object; without the permission to list, a missing one is forbidden, too. */
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
        Optional<String> source = call.header("x-amz-copy-source");
        if (source.isPresent()) {
            return copy(call, objects, address.key(), UriText.path(source.get()));
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

    private Reply copy(Call call, StoredCatalogue objects, String key, String source) {
        String[] from = source.replaceFirst("^/", "").split("/", 2);
        Bucket bucket = buckets.require(call, from[0]);
        bucket.require(Permission.READ);
        ObjectVersion version = bucket.catalogue()
                .current(from.length < 2 ? "" : from[1])
                .orElseThrow(() -> S3Errors.noSuchKey(source));
        ObjectVersion copy = new ObjectVersion(
                objects.versioned() ? versionIds.next() : ObjectVersion.NO_VERSION,
                version.content(),
                version.etag(),
                now(),
                Metadata.storageClass(call),
                false,
                version.contentType(),
                version.metadata());
        objects.put(key, copy, WriteCondition.of(call));
        XmlBuffer xml = XmlBuffer.document()
                .open("CopyObjectResult", S3Service.NAMESPACE)
                .leaf("LastModified", Parameters.iso(copy.modified()))
                .leaf("ETag", ETags.quoted(copy.etag()));
        return Reply.xml(200, xml.close("CopyObjectResult"));
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

    /** Deletes an object, which need not exist; returns the headers about versions. */
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

    /**
     * One range of bytes.
     *
     * @param from inclusive
     * @param until exclusive
     */
    record ByteRange(long from, long until) {
        private static final Pattern PATTERN = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

        /**
         * Parses a Range header; empty if S3 ignores it and returns the whole object.
         *
         * @throws ServiceError with status 416 if the range is outside the object
         */
        static Optional<ByteRange> parse(String text, long size) {
            Matcher matcher = PATTERN.matcher(text);
            if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
                return Optional.empty();
            }
            boolean suffix = matcher.group(1).isEmpty();
            long second = matcher.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(matcher.group(2));
            long from = suffix ? Math.max(0, size - second) : Long.parseLong(matcher.group(1));
            long until = suffix ? size : Math.min(size, second + 1);
            if (!suffix && second < from) {
                return Optional.empty();
            }
            if (from >= until) {
                throw new ServiceError(416, "InvalidRange", "The requested range is not satisfiable");
            }
            return Optional.of(new ByteRange(from, until));
        }

        String contentRange(long size) {
            return "bytes " + from + "-" + (until - 1) + "/" + size;
        }
    }

    /** Request document of DeleteObjects. */
    record DeleteRequest(List<Target> targets, boolean quiet) {
        private static final int MOST = 1000;

        record Target(String key, Optional<String> versionId) {}

        static DeleteRequest parse(ByteString document) {
            Parser parser = new Parser();
            RequestDocuments.read(document, parser);
            if (parser.targets.isEmpty() || parser.targets.size() > MOST) {
                throw S3Errors.malformedXml();
            }
            return new DeleteRequest(List.copyOf(parser.targets), parser.quiet);
        }

        private static final class Parser implements RequestDocuments.Listener {
            private final List<Target> targets = new ArrayList<>();
            private String key = "";
            private Optional<String> versionId = Optional.empty();
            private boolean quiet;

            @Override
            public void element(String name, String text) {
                switch (name) {
                    case "Key" -> key = text;
                    case "VersionId" -> versionId = Optional.of(text);
                    case "Quiet" -> quiet = Boolean.parseBoolean(text);
                    case "Object" -> {
                        targets.add(new Target(key, versionId));
                        versionId = Optional.empty();
                    }
                    default -> {}
                }
            }
        }
    }

    /** Headers of an object set by its writer. */
    static final class Metadata {
        private static final String USER = "x-amz-meta-";

        private Metadata() {}

        static String contentType(Call call) {
            return call.header("content-type")
                    .filter(type -> !type.isEmpty() && !type.startsWith("none"))
                    .orElse("binary/octet-stream");
        }

        static StorageClass storageClass(Call call) {
            String name = call.header("x-amz-storage-class").orElse("STANDARD");
            try {
                return StorageClass.valueOf(name);
            } catch (IllegalArgumentException unknown) {
                throw new ServiceError(400, "InvalidStorageClass", "The storage class you specified is not valid");
            }
        }

        /** Headers that are returned with the object. */
        static Map<String, String> of(Call call) {
            Map<String, String> kept = new HashMap<>();
            call.headers().forEach((name, value) -> {
                if (name.startsWith(USER) || name.equals("cache-control") || name.equals("content-disposition")) {
                    kept.put(name, value);
                }
            });
            call.header("content-encoding")
                    .map(Metadata::withoutChunked)
                    .filter(v -> !v.isEmpty())
                    .ifPresent(encoding -> kept.put("content-encoding", encoding));
            return kept;
        }

        /** {@code aws-chunked} belongs to the transfer, not to the object. */
        private static String withoutChunked(String encoding) {
            return encoding.replaceFirst("^aws-chunked\\s*,?\\s*", "").replaceFirst("\\s*,\\s*aws-chunked$", "");
        }
    }
}
