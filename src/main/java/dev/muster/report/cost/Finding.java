package dev.muster.report.cost;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something in a bucket that costs more than it has to, with the remedy.
 *
 * @param kind for programs, such as {@code incomplete_uploads}
 * @param title for people; the same for all findings of a kind that have the same remedy
 * @param accountId empty if it is unknown
 * @param count number of the things that it is about
 * @param bytes their size
 * @param perMonth what the remedy saves in a month at most; null without prices
 * @param note what else is to be known of this bucket; empty for nothing
 * @param remedy what to do, in words
 * @param lifecycle the remedy as PutBucketLifecycleConfiguration takes it; null where no lifecycle rule helps
 */
public record Finding(
        String kind,
        String title,
        String accountId,
        String bucket,
        long count,
        long bytes,
        BigDecimal perMonth,
        String note,
        String remedy,
        Map<String, Object> lifecycle) {
    public Finding {
        lifecycle = lifecycle == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(lifecycle));
    }

    /** The finding as JSON. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("title", title);
        fields.put("account_id", accountId.isEmpty() ? null : accountId);
        fields.put("bucket", bucket);
        fields.put("count", count);
        fields.put("bytes", bytes);
        fields.put("per_month", perMonth == null ? null : MonthlyCost.number(perMonth));
        fields.put("note", note);
        fields.put("remedy", remedy);
        fields.put("lifecycle", lifecycle);
        return fields;
    }
}
