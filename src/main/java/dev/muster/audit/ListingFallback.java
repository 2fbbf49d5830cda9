package dev.muster.audit;

import dev.muster.audit.AuditFailure.Gap;
import dev.muster.aws.ErrorClassifier;
import dev.muster.engine.Failure;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides whether a server that refuses one way of listing may be asked in another. */
final class ListingFallback {
    /** Failure of a listing of versions that begins in the middle of a key. */
    static final Failure SKIPPED_VERSION = new Failure(
            Failure.Kind.INVALID,
            "SkippedVersion",
            "the server leaves out the latest version of the first key behind one that does not exist; use --workers 1");

    /** Error codes of servers that cannot list from a given key, besides those that say that it does not exist. */
    private static final Set<String> REFUSALS =
            Set.of("InvalidArgument", "InvalidRequest", "BadRequest", "NotImplemented", "Status400");

    /** Codes of failures of a listing in parts. */
    private static final Set<String> IN_PARTS_ONLY = Set.of("KeyOrder", SKIPPED_VERSION.code());

    /** Words in the error codes of servers that lack a function altogether. */
    private static final Pattern UNSUPPORTED = Pattern.compile("NotImplemented|NotAllowed|NotSupported|Unsupported");

    private ListingFallback() {}

    /** Tells whether the server that refused a listing of versions has none, and may list objects. */
    static boolean lacksVersions(Failure failure) {
        return UNSUPPORTED.matcher(failure.code()).find() || failure.code().equals(ErrorClassifier.OTHER_LISTING);
    }

    /**
     * Tells whether a server cannot list from the requested place but may be able to in sequence: it says so, begins
     * elsewhere, or has its keys in another order. Uploads continue by key in sequence, too, so a place that is refused
     * must be a key that does not exist.
     */
    static boolean inSequenceHelps(AuditTask.InBucket work, Failure failure) {
        boolean missing = failure.kind() == Failure.Kind.GONE && !failure.code().equals("NoSuchBucket");
        boolean uploads = work.gap().filter(Gap.UPLOADS::equals).isPresent();
        boolean refused = missing || (!uploads && REFUSALS.contains(failure.code()));
        return (work.place().isPresent() && refused) || IN_PARTS_ONLY.contains(failure.code());
    }
}
