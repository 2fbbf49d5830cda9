package dev.muster.report;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.OddEntries;
import dev.muster.audit.stats.UploadSum;
import dev.muster.report.AuditReport.BucketRow;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Status of a row: to what extent its numbers can be trusted.
 *
 * @param status {@code ok}, {@code incomplete} if the numbers are too low, or else the reason why there are none, such
 *     as {@code access_denied}
 * @param error the reason in words; null if there is none
 * @param counted whether there are numbers at all; if not, a zero would be wrong
 * @param versionsCounted the same for noncurrent versions and delete markers, which not every server lists
 * @param uploadsCounted the same for incomplete uploads, which need permissions of their own
 */
public record RowStatus(String status, String error, boolean counted, boolean versionsCounted, boolean uploadsCounted) {
    static final RowStatus OK = new RowStatus("ok", null, true, true, true);

    /** Gaps without which the objects are still counted. */
    private static final Set<AuditFailure.Gap> BESIDE_OBJECTS =
            Set.of(AuditFailure.Gap.VERSIONS, AuditFailure.Gap.UPLOADS);

    private static final String INCOMPLETE = "incomplete";
    private static final String UNFINISHED = "not counted to the end";

    /** Codes by which S3 servers say that a bucket is in another region. */
    private static final Set<String> WRONG_REGION =
            Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");

    public RowStatus {
        requireNonNull(status, "status is null");
    }

    RowStatus(String status, String error, boolean counted, boolean uploadsCounted) {
        this(status, error, counted, counted, uploadsCounted);
    }

    public boolean complete() {
        return error == null;
    }

    static RowStatus ofBucket(ObjectTally tally, List<AuditFailure> failures, boolean unfinished) {
        boolean objectsKnown =
                !unfinished && failures.stream().allMatch(failure -> BESIDE_OBJECTS.contains(failure.gap()));
        boolean counted = objectsKnown || !tally.countsNothing();
        boolean uploadsCounted =
                (failures.isEmpty() && !unfinished) || !tally.uploads().equals(UploadSum.NONE);
        if (!failures.isEmpty()) {
            boolean versions = failures.stream().noneMatch(failure -> failure.gap() == AuditFailure.Gap.VERSIONS);
            return failed(failures, counted, counted && versions, uploadsCounted);
        }
        if (unfinished) {
            return new RowStatus(INCOMPLETE, UNFINISHED, counted, uploadsCounted);
        }
        OddEntries odd = tally.odd();
        return odd.inexact() == 0 ? OK : new RowStatus(INCOMPLETE, odd.sentence(), counted, uploadsCounted);
    }

    /** Status of an account, given its buckets and the failures that concern it as a whole. */
    static RowStatus ofAccount(List<BucketRow> buckets, List<AuditFailure> failures, boolean unfinished) {
        if (!failures.isEmpty()) {
            return failed(failures, anyCounted(buckets), anyVersionsCounted(buckets), anyUploadsCounted(buckets));
        }
        if (unfinished) {
            return incomplete(buckets, UNFINISHED);
        }
        return allComplete(buckets) ? OK : incomplete(buckets, gap(buckets));
    }

    static RowStatus incomplete(List<BucketRow> buckets, String error) {
        return new RowStatus(
                INCOMPLETE, error, anyCounted(buckets), anyVersionsCounted(buckets), anyUploadsCounted(buckets));
    }

    static boolean allComplete(List<BucketRow> buckets) {
        return buckets.stream().allMatch(row -> row.standing().complete());
    }

    static String gap(List<BucketRow> buckets) {
        long gaps = buckets.stream().filter(row -> !row.standing().complete()).count();
        return gaps + " of " + buckets.size() + (buckets.size() == 1 ? " bucket" : " buckets") + " not counted in full";
    }

    private static boolean anyCounted(List<BucketRow> buckets) {
        return buckets.stream().anyMatch(row -> row.standing().counted());
    }

    private static boolean anyVersionsCounted(List<BucketRow> buckets) {
        return buckets.stream().anyMatch(row -> row.standing().versionsCounted());
    }

    private static boolean anyUploadsCounted(List<BucketRow> buckets) {
        return buckets.stream().anyMatch(row -> row.standing().uploadsCounted());
    }

    private static RowStatus failed(
            List<AuditFailure> failures, boolean counted, boolean versionsCounted, boolean uploadsCounted) {
        AuditFailure first = failures.get(0);
        String more = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
        return new RowStatus(
                counted ? INCOMPLETE : reason(first.code()),
                first.sentence() + more,
                counted,
                versionsCounted,
                uploadsCounted);
    }

    /** {@code AccessDenied} as {@code access_denied}. */
    private static String reason(String code) {
        return WRONG_REGION.contains(code)
                ? "wrong_region"
                : code.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
