package dev.muster.audit;

import dev.muster.audit.AuditTask.Marker;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Keys;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.PageTally;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.MalformedPageException;
import dev.muster.aws.s3.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A page of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">ListMultipartUploads</a> of a
 * range of keys: the request, and the meaning of its answer. It counts only what lies within its range.
 */
final class UploadListing {
    static final String THINGS = "incomplete uploads";
    private static final int SAMPLE_EVERY = 64;

    /**
     * An upload as a page names it.
     *
     * @param id empty if it is unknown
     * @param initiatedMillis epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}
     * @param problem what is missing from it or cannot be read; empty if nothing
     * @param inexact whether a number may be wrong because of that
     */
    record Upload(ObjectKey key, String id, long initiatedMillis, String problem, boolean inexact) {
        static Upload of(ListingEntry entry) {
            boolean nameable = entry.key().isText();
            String problem = nameable ? entry.problem() : "its key is not UTF-8, so its parts cannot be requested";
            return new Upload(entry.key(), entry.id(), entry.dateMillis(), problem, entry.inexact() || !nameable);
        }

        /** Tells whether its parts can be requested. */
        private boolean named() {
            return !key.isEmpty() && key.isText() && !id.isEmpty();
        }
    }

    private final String prefix;
    private final Optional<EntryFilter> filter;
    private final AuditTask.ListUploads task;

    UploadListing(AuditScope scope, AuditTask.ListUploads task) {
        this.prefix = scope.prefix();
        this.filter = scope.filter().at(task.target().asOfMillis());
        this.task = task;
    }

    /**
     * Without an upload id, the page begins after all uploads of this key; a range that begins before the prefix begins
     * at the prefix.
     */
    Optional<String> keyMarker() {
        return Optional.of(task.marker().map(Marker::key).orElse(task.range().after()))
                .filter(key -> !key.isEmpty() && (!ordered() || Keys.compare(key, prefix) >= 0));
    }

    /** Directory buckets support only prefixes that are directories. */
    Optional<String> prefix() {
        return Optional.of(ordered() ? prefix : DirectoryWalk.directory(prefix)).filter(asked -> !asked.isEmpty());
    }

    Optional<String> uploadIdMarker() {
        return task.marker().map(Marker::id);
    }

    /**
     * The meaning of a page.
     *
     * @param told place from which the listing continues, by the page's last upload; empty if it is the last page
     * @param doubtful whether the page claims to be the last one, and may not be. Where its keys are in no order, it
     *     goes on behind the greatest one
     * @param limit a limit of the server, in words; empty for none
     */
    AuditResult.Uploads read(
            List<Upload> whole, Optional<Marker> told, boolean doubtful, Optional<String> limit, PageTally tally) {
        List<Upload> page = whole.stream().dropWhile(this::repeatsMarker).toList();
        KeyRange range = task.range();
        boolean disorder = ordered() && disorder(page).isPresent();
        Optional<Marker> next = doubtful && disorder ? behindGreatest(page) : told;
        if (!disorder || !inAnyOrder()) {
            requireOrder(page, next);
        }
        next.ifPresent(marker -> requireProgress(marker, disorder));
        requirePrefix(page);
        List<Upload> uploads = page.stream()
                .filter(upload ->
                        text(upload).startsWith(prefix) || upload.key().isEmpty())
                .filter(upload -> within(text(upload)))
                .toList();
        List<Upload> wanted =
                uploads.stream().filter(upload -> counts(upload, tally)).toList();
        for (Upload upload : wanted) {
            tally.upload(upload.key(), upload.initiatedMillis());
            if (!upload.problem().isEmpty()) {
                tally.odd(upload.key(), upload.problem(), upload.inexact());
            }
        }
        Optional<Marker> unfinished = next.filter(marker ->
                        ordered() && within(marker.key()) && !marker.id().isEmpty())
                .map(marker -> marker.following(task.marker(), !page.isEmpty())
                        .orElseThrow(() -> EndlessListing.listing(THINGS)));
        Optional<String> goesOn = next.map(Marker::key).filter(key -> within(key) && !key.equals(range.upTo()));
        return new AuditResult.Uploads(
                tally.tally(),
                new ListedPage(
                        uploads.size(),
                        disorder ? goesOn.stream().toList() : sample(uploads, goesOn),
                        goesOn.isPresent(),
                        doubtful),
                edges(page, next.isEmpty()),
                limit,
                unfinished,
                wanted.stream()
                        .filter(Upload::named)
                        .map(upload -> new AuditResult.NamedUpload(text(upload), upload.id(), upload.initiatedMillis()))
                        .toList(),
                disorder);
    }

    /** A page behind a key alone shows what follows it, or the server cannot go on from there; a part of keys has an order. */
    private boolean inAnyOrder() {
        return task.target().mode() == ListingMode.IN_SEQUENCE
                && (uploadIdMarker().isPresent() || keyMarker().isEmpty());
    }

    private static Optional<Marker> behindGreatest(List<Upload> page) {
        return page.stream()
                .map(Upload::key)
                .filter(ObjectKey::isText)
                .max(ObjectKey::compareTo)
                .map(key -> new Marker(key.text(), ""));
    }

    private boolean counts(Upload upload, PageTally tally) {
        byte[] key = upload.key().bytes();
        EntryFilter.Verdict verdict = filter.map(
                        wanted -> wanted.withoutContent(key, key.length, upload.initiatedMillis()))
                .orElse(EntryFilter.Verdict.COUNTS);
        if (verdict == EntryFilter.Verdict.UNKNOWN) {
            tally.odd(upload.key(), upload.problem() + EntryFilter.UNDECIDED, true);
        }
        return verdict == EntryFilter.Verdict.COUNTS;
    }

    /** A key that was not asked for is a contradiction: a server that sends it may withhold others. */
    private void requirePrefix(List<Upload> page) {
        for (Upload upload : page) {
            if (ordered() && !upload.key().isEmpty() && !text(upload).startsWith(prefix)) {
                throw new MalformedPageException("it names the key \"" + upload.key()
                        + "\", though only keys that begin with \"" + prefix + "\" were asked for");
            }
        }
    }

    /** Tells whether an upload is the one after which the page was to begin: some servers begin with it. */
    private boolean repeatsMarker(Upload upload) {
        return keyMarker().filter(text(upload)::equals).isPresent()
                && uploadIdMarker().filter(id -> !id.equals(upload.id())).isEmpty();
    }

    private RangeEdges edges(List<Upload> uploads, boolean end) {
        List<String> keys = uploads.stream()
                .map(UploadListing::text)
                .filter(key -> key.startsWith(prefix) && !key.isEmpty())
                .toList();
        return new RangeEdges(
                keys.stream().filter(this::within).findFirst(),
                keys.stream().filter(this::within).reduce((before, after) -> after),
                keys.stream().filter(key -> !within(key)).findFirst(),
                end);
    }

    /** The listing has to go on further than it was; of a key that lies behind there is nothing more to come. */
    private void requireProgress(Marker next, boolean disorder) {
        int order = Keys.compare(next.key(), keyMarker().orElse(ordered() ? prefix : ""));
        boolean again = order == 0
                && keyMarker().isPresent()
                && uploadIdMarker().filter(id -> !id.equals(next.id())).isEmpty();
        if (next.key().isEmpty() || (order < 0 && ordered() && !disorder) || again) {
            throw EndlessListing.listing(THINGS);
        }
    }

    /** Directory buckets are unordered; there a key is the marker of a page, and nothing is cut. */
    private boolean ordered() {
        return !task.target().directory();
    }

    /** A listing that continues by key, or is done in parts, is correct only in byte order (invariant 8). */
    private void requireOrder(List<Upload> uploads, Optional<Marker> next) {
        if (!ordered()) {
            return;
        }
        disorder(uploads).ifPresent(disorder -> {
            throw disorder;
        });
        ObjectKey last = uploads.stream()
                .map(Upload::key)
                .filter(key -> !key.isEmpty())
                .reduce((before, after) -> after)
                .orElse(ObjectKey.of(keyMarker().orElse("")));
        Optional<ObjectKey> onward = next.map(marker -> ObjectKey.of(marker.key()));
        if (onward.isPresent() && onward.get().compareTo(last) < 0) {
            throw new KeyOrderException(last, onward.get());
        }
    }

    /** The first place where keys do not ascend. */
    private Optional<KeyOrderException> disorder(List<Upload> uploads) {
        ObjectKey before = ObjectKey.of(keyMarker().orElse(""));
        boolean again = uploadIdMarker().isPresent();
        for (Upload upload : uploads) {
            int order = upload.key().isEmpty() ? 1 : upload.key().compareTo(before);
            if (order < 0 || (order == 0 && !again)) {
                return Optional.of(new KeyOrderException(before, upload.key()));
            }
            before = upload.key().isEmpty() ? before : upload.key();
            again = true;
        }
        return Optional.empty();
    }

    private static List<String> sample(List<Upload> uploads, Optional<String> last) {
        List<String> keys = uploads.stream()
                .filter(upload -> !upload.key().isEmpty() && upload.key().isText())
                .map(UploadListing::text)
                .toList();
        Stream<String> some =
                Stream.iterate(0, i -> i < keys.size(), i -> i + SAMPLE_EVERY).map(keys::get);
        return Stream.concat(some, last.stream()).distinct().toList();
    }

    private static String text(Upload upload) {
        return upload.key().toString();
    }

    private boolean within(String key) {
        return !task.range().bounded() || Keys.compare(key, task.range().upTo()) <= 0;
    }
}
