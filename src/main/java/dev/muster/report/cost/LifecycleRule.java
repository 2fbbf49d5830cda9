package dev.muster.report.cost;

import dev.muster.audit.stats.ClassUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lifecycle configurations of one rule, as <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html">PutBucketLifecycleConfiguration</a>
 * and {@code aws s3api put-bucket-lifecycle-configuration} take them.
 */
final class LifecycleRule {
    private final String prefix;

    /** @param prefix of the keys that the rules are for; empty for all */
    LifecycleRule(String prefix) {
        this.prefix = prefix;
    }

    Map<String, Object> abortUploads(int days) {
        return rule(
                "abort-incomplete-uploads",
                false,
                "AbortIncompleteMultipartUpload",
                Map.of("DaysAfterInitiation", days));
    }

    Map<String, Object> expireNoncurrent(int days) {
        return rule("expire-noncurrent-versions", false, "NoncurrentVersionExpiration", Map.of("NoncurrentDays", days));
    }

    Map<String, Object> expireMarkers() {
        return rule("expire-delete-markers", false, "Expiration", Map.of("ExpiredObjectDeleteMarker", true));
    }

    /** Moves objects that are not small to a class, so many days after their creation. */
    Map<String, Object> transition(int days, String storageClass) {
        Map<String, Object> transition = new LinkedHashMap<>();
        transition.put("Days", days);
        transition.put("StorageClass", storageClass);
        return rule(
                "to-" + storageClass.toLowerCase(Locale.ROOT).replace('_', '-'),
                true,
                "Transitions",
                List.of(transition));
    }

    private Map<String, Object> rule(String id, boolean withoutSmall, String action, Object value) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("ID", id);
        rule.put("Status", "Enabled");
        rule.put("Filter", filter(withoutSmall));
        rule.put(action, value);
        return Map.of("Rules", List.of(rule));
    }

    private Map<String, Object> filter(boolean withoutSmall) {
        if (!withoutSmall) {
            return Map.of("Prefix", prefix);
        }
        Map<String, Object> size = Map.of("ObjectSizeGreaterThan", ClassUsage.SMALL - 1);
        if (prefix.isEmpty()) {
            return size;
        }
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("Prefix", prefix);
        both.putAll(size);
        return Map.of("And", both);
    }
}
