package dev.muster.audit;

import dev.muster.audit.AuditTask.Marker;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Keys;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.PageTally;
import dev.muster.aws.ResponseValidator;
import dev.muster.aws.s3.KeyOrderException;
import dev.muster.aws.s3.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A page of <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">ListMultipartUploads</a>
 * of a range of keys: what to ask for, and what the answer means. It counts what lies within its range and nothing else.
 */
final class UploadListing {
    private static final int SAMPLE_EVERY = 64;

    private final String prefix;
    private final AuditTask.ListUploads task;

    UploadListing(String prefix, AuditTask.ListUploads task) {
        this.prefix = prefix;
        this.task = task;
    }

    /** Without an upload's id, the page begins behind all uploads of this key; a range that begins before the prefix begins with it. */
    Optional<String> keyMarker() {
        return Optional.of(task.marker().map(Marker::key).orElse(task.range().after()))
                .filter(key -> !key.isEmpty() && (!ordered() || Keys.compare(key, prefix) >= 0));
    }

    /** Directory buckets know directories only. */
    Optional<String> prefix() {
        return Optional.of(ordered() ? prefix : DirectoryWalk.directory(prefix)).filter(asked -> !asked.isEmpty());
    }

    Optional<String> uploadIdMarker() {
        return task.marker().map(Marker::id);
    }

    AuditResult.Uploads read(ListMultipartUploadsResponse page, PageTally tally) {
        KeyRange range = task.range();
        boolean truncated = ResponseValidator.truncated(page.isTruncated());
        Optional<Marker> last = truncated ? Optional.of(last(page)) : Optional.empty();
        if (ordered() && (truncated || keyMarker().isPresent())) {
            requireOrder(page.uploads(), last);
        }
        List<MultipartUpload> uploads = page.uploads().stream()
                .filter(upload -> upload.key().startsWith(prefix) && within(upload.key()))
                .toList();
        uploads.forEach(upload -> tally.upload(upload.initiated().toEpochMilli()));
        Optional<Marker> unfinished = last.filter(
                marker -> ordered() && within(marker.key()) && !marker.id().isEmpty());
        Optional<String> goesOn = last.map(Marker::key).filter(key -> within(key) && !key.equals(range.upTo()));
        return new AuditResult.Uploads(
                tally.tally(),
                new ListedPage(uploads.size(), sample(uploads, goesOn), goesOn.isPresent()),
                edges(page.uploads(), !truncated),
                unfinished,
                uploads.stream().map(UploadListing::named).toList());
    }

    private RangeEdges edges(List<MultipartUpload> uploads, boolean end) {
        List<String> keys = uploads.stream()
                .map(MultipartUpload::key)
                .filter(key -> key.startsWith(prefix))
                .toList();
        return new RangeEdges(
                keys.stream().filter(this::within).findFirst(),
                keys.stream().filter(this::within).reduce((before, after) -> after),
                keys.stream().filter(key -> !within(key)).findFirst(),
                end);
    }

    /** Marker to continue from: further than the one before. */
    private Marker last(ListMultipartUploadsResponse page) {
        Marker last = new Marker(text(page.nextKeyMarker()), text(page.nextUploadIdMarker()));
        int order = Keys.compare(last.key(), keyMarker().orElse(""));
        if (last.key().isEmpty()
                || (order < 0 && ordered())
                || (order == 0 && last.id().equals(uploadIdMarker().orElse("")))) {
            throw EndlessListing.listing("incomplete uploads");
        }
        return last;
    }

    /** Directory buckets are not sorted; there a key is the marker of a page, and nothing is cut. */
    private boolean ordered() {
        return !task.target().directory();
    }

    /** A listing that is continued by key, or done in parts, is right in byte order only (invariant 8). */
    private void requireOrder(List<MultipartUpload> uploads, Optional<Marker> last) {
        String before = keyMarker().orElse("");
        boolean again = uploadIdMarker().isPresent();
        for (MultipartUpload upload : uploads) {
            int order = Keys.compare(upload.key(), before);
            if (order < 0 || (order == 0 && !again)) {
                throw new KeyOrderException(ObjectKey.of(before), ObjectKey.of(upload.key()));
            }
            before = upload.key();
            again = true;
        }
        if (last.isPresent() && Keys.compare(last.get().key(), before) < 0) {
            throw new KeyOrderException(
                    ObjectKey.of(before), ObjectKey.of(last.get().key()));
        }
    }

    private static List<String> sample(List<MultipartUpload> uploads, Optional<String> last) {
        List<String> sample = new ArrayList<>();
        for (int i = 0; i < uploads.size(); i += SAMPLE_EVERY) {
            sample.add(uploads.get(i).key());
        }
        last.ifPresent(sample::add);
        return sample.stream().distinct().toList();
    }

    private boolean within(String key) {
        return !task.range().bounded() || Keys.compare(key, task.range().upTo()) <= 0;
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static AuditResult.NamedUpload named(MultipartUpload upload) {
        return new AuditResult.NamedUpload(upload.key(), upload.uploadId());
    }
}
