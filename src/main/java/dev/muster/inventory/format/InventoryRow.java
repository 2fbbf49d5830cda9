package dev.muster.inventory.format;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ObjectKey;

/**
 * Row of an inventory: an object, a version of one, or a delete marker. Unknown values are null, except for the bucket
 * and the key, which are always known.
 *
 * @param bucket name of the bucket
 * @param key exact key, even if it is not UTF-8
 * @param versionId null if versions were not listed
 * @param isLatest whether it is the current version of its key
 * @param isDeleteMarker whether it is a delete marker, which has neither size nor ETag nor storage class
 * @param size in bytes
 * @param lastModifiedMillis in epoch milliseconds
 * @param eTag without quotes
 * @param storageClass as S3 names it
 * @param isMultipartUploaded whether it was uploaded in parts, see {@link #multipart}
 * @param checksumAlgorithm algorithm of the checksum that is stored with the object, such as {@code CRC64NVME}
 * @param owner canonical id of the owner
 * @param accountId account that owns the bucket
 * @param region the region of the bucket
 */
public record InventoryRow(
        String bucket,
        ObjectKey key,
        String versionId,
        Boolean isLatest,
        Boolean isDeleteMarker,
        Long size,
        Long lastModifiedMillis,
        String eTag,
        String storageClass,
        Boolean isMultipartUploaded,
        String checksumAlgorithm,
        String owner,
        String accountId,
        String region) {
    public InventoryRow {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(key, "key is null");
    }

    /**
     * Tells by its ETag whether an object was uploaded in parts: such a tag ends in a hyphen and the number of parts.
     *
     * @param eTag without quotes; null if unknown
     * @return null if the tag is unknown
     */
    public static Boolean multipart(String eTag) {
        return eTag == null ? null : (Boolean) (eTag.indexOf('-') > 0);
    }
}
