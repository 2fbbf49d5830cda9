package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.config.ConfigSection;
import java.util.regex.Pattern;

/**
 * Settings of day files and quarantined messages: their locations, and how they are written.
 *
 * @param bucket of the day files
 * @param prefix of their keys
 * @param key the key of a day below the prefix, in which <code>{day}</code> stands for eight digits
 * @param suffix behind it
 * @param gzip whether files are compressed
 * @param multipartOver files of more bytes are uploaded in parts
 * @param quarantineBucket of messages that are set aside
 * @param quarantinePrefix of their keys
 */
public record DayObjectSettings(
        String bucket,
        String prefix,
        String key,
        String suffix,
        boolean gzip,
        long multipartOver,
        String quarantineBucket,
        String quarantinePrefix) {
    /** S3's limit for a single put, and the least size of a part. */
    private static final long MAX_SINGLE_PUT = 5L << 30;

    private static final long MIN_PART = 5L << 20;

    /** Characters of bucket names; capitals occur on a few servers. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._:-]+");

    private static final String DAY = "{day}";
    private static final String PROBE = ".muster-probe";

    public DayObjectSettings {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(key, "key is null");
        requireNonNull(suffix, "suffix is null");
        requireNonNull(quarantineBucket, "quarantineBucket is null");
        requireNonNull(quarantinePrefix, "quarantinePrefix is null");
    }

    static DayObjectSettings from(ConfigSection section) {
        Config config = section.config();
        String key = config.getString("key");
        if (!key.contains(DAY)) {
            throw section.outOfRange("key", "it must hold {day}, or all days are one file");
        }
        String bucket = config.getString("bucket");
        if (!BUCKET.matcher(bucket).matches()) {
            throw section.outOfRange("bucket", "give the name of the bucket of the day files, as in --bucket NAME");
        }
        String quarantineBucket = config.getString("quarantine-bucket");
        return new DayObjectSettings(
                bucket,
                config.getString("prefix"),
                key,
                config.getString("suffix"),
                config.getBoolean("gzip"),
                section.bytes("multipart-over", MIN_PART, MAX_SINGLE_PUT),
                quarantineBucket.isEmpty() ? bucket : quarantineBucket,
                config.getString("quarantine-prefix"));
    }

    /** The key of a day's file. */
    public String keyOf(String day) {
        return prefix + key.replace(DAY, day) + suffix;
    }

    /** Key of an object beside the day files, so that permission to write those covers it. */
    public ProbeKey probeKey() {
        int day = key.indexOf(DAY);
        String start = prefix + key.substring(0, day) + PROBE;
        return new ProbeKey(start, key.substring(day).replace(DAY, "") + suffix);
    }
}
