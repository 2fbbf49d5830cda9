package dev.muster.report.diff;

import dev.muster.output.Json;
import dev.muster.report.diff.Change.Amount;
import dev.muster.report.diff.ReportDiff.BucketKey;
import dev.muster.report.diff.ReportDiff.PrefixKey;
import dev.muster.report.saved.SavedReport;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Changes as one JSON object on one line; unknown values are null. */
final class DiffJson {
    private final ReportDiff diff;

    DiffJson(ReportDiff diff) {
        this.diff = diff;
    }

    /** @param limit in bytes, or null for none */
    void write(Appendable out, Long limit) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("complete", diff.complete());
        fields.put("before", run(diff.before()));
        fields.put("after", run(diff.after()));
        fields.put("days", diff.elapsed().toMillis() / 86_400_000.0);
        fields.put("total", change(diff.total(), Map.of()));
        fields.put("bytes_per_day", value(diff.bytesPerDay()));
        fields.put("new_buckets", (long) diff.newBuckets().size());
        fields.put("vanished_buckets", (long) diff.vanishedBuckets().size());
        if (limit != null) {
            fields.put("limit_bytes", limit);
            fields.put(
                    "limit_reached_at",
                    Growth.reaches(limit, diff).map(Instant::toString).orElse(null));
        }
        fields.put("accounts", each(diff.accounts(), account -> accountId(account)));
        fields.put("buckets", each(diff.buckets(), DiffJson::bucket));
        fields.put("prefixes", each(diff.prefixes(), DiffJson::prefix));
        fields.put("storage_classes", each(diff.storageClasses(), name -> Map.of("storage_class", name)));
        Json.write(out, fields);
        out.append('\n');
    }

    private static Map<String, Object> run(SavedReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("started_at", report.startedAt().toString());
        fields.put("complete", report.complete());
        fields.put("error", report.complete() ? null : report.gap());
        return fields;
    }

    private static Map<String, Object> accountId(String account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account_id", account.isEmpty() ? null : account);
        return fields;
    }

    private static Map<String, Object> bucket(BucketKey key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bucket", key.bucket());
        fields.putAll(accountId(key.account()));
        return fields;
    }

    private static Map<String, Object> prefix(PrefixKey key) {
        Map<String, Object> fields = bucket(key.bucket());
        fields.put("prefix", key.prefix());
        return fields;
    }

    private static <K> List<Map<String, Object>> each(List<Change<K>> changes, Function<K, Map<String, Object>> key) {
        return changes.stream().map(c -> change(c, key.apply(c.key()))).toList();
    }

    private static Map<String, Object> change(Change<?> change, Map<String, Object> key) {
        Map<String, Object> fields = new LinkedHashMap<>(key);
        fields.put("change", change.isNew() ? "new" : change.isVanished() ? "vanished" : "kept");
        fields.put("objects_before", number(change.before(), Amount::objects));
        fields.put("objects_after", number(change.after(), Amount::objects));
        fields.put("objects_change", value(change.objects()));
        fields.put("bytes_before", number(change.before(), Amount::bytes));
        fields.put("bytes_after", number(change.after(), Amount::bytes));
        fields.put("bytes_change", value(change.bytes()));
        return fields;
    }

    private static Long number(Amount amount, Function<Amount, Long> number) {
        return amount == null ? null : number.apply(amount);
    }

    private static Long value(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
