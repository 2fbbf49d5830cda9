package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.s3.ObjectVersion.VersionIds;
import dev.muster.emulator.server.Reply.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

/** The multipart uploads of a bucket that are neither completed nor aborted. */
final class Uploads {
    /** By the bytes of the key, and of one key by the order in which they began. */
    private static final Comparator<Upload> ORDER = Comparator.comparing(
                    (Upload upload) -> upload.key().getBytes(UTF_8), Arrays::compareUnsigned)
            .thenComparing(Upload::id);

    private final Map<String, Upload> byId = new ConcurrentHashMap<>();
    private final NavigableSet<Upload> sorted = new ConcurrentSkipListSet<>(ORDER);
    private final VersionIds ids = new VersionIds();

    /** @param parts by number */
    record Upload(
            String id,
            String key,
            Instant initiated,
            String contentType,
            Map<String, String> metadata,
            NavigableMap<Integer, Part> parts) {}

    record Part(Blob content, String etag, Instant modified) {}

    Upload begin(String key, Instant now, String contentType, Map<String, String> metadata) {
        Upload upload = new Upload(ids.next(), key, now, contentType, metadata, new ConcurrentSkipListMap<>());
        byId.put(upload.id(), upload);
        sorted.add(upload);
        return upload;
    }

    void seed(PendingUpload plan) {
        Upload upload = begin(plan.key(), plan.initiated(), "binary/octet-stream", Map.of());
        IntStream.range(0, plan.partBytes().size()).forEach(i -> {
            Blob content = new Blob.Zeros(plan.partBytes().get(i));
            upload.parts().put(i + 1, new Part(content, String.format("%032x", i), plan.initiated()));
        });
    }

    Upload require(String id, String key) {
        Upload upload = byId.get(id);
        if (upload == null || !upload.key().equals(key)) {
            throw S3Errors.noSuchUpload(id);
        }
        return upload;
    }

    void end(Upload upload) {
        byId.remove(upload.id());
        sorted.remove(upload);
    }

    List<Upload> all() {
        return new ArrayList<>(sorted);
    }
}
