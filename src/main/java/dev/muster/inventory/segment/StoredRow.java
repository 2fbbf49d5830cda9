package dev.muster.inventory.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryRow;
import java.util.Arrays;

/** Row of a segment, without what all rows of the segment have in common. One instance is filled again and again. */
final class StoredRow {
    byte[] key = {};
    int keyLength;
    boolean marker;
    boolean latest;
    /** In bytes, or {@link ListingEntry#UNKNOWN_SIZE}. */
    long size;
    /** In epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}. */
    long dateMillis;

    /** Holds the ETag without quotes. */
    byte[] tag = {};

    int tagStart;
    int tagLength;
    /** Empty for an object of a listing without versions. */
    String versionId = "";

    String storageClass = "";
    String checksumAlgorithm = "";
    String owner = "";

    /** Takes over an entry's values, and its arrays as long as the entry keeps them. */
    void set(ListingEntry entry) {
        boolean object = entry.kind() == ListingEntry.Kind.OBJECT;
        key = entry.keyBytes();
        keyLength = entry.keyLength();
        marker = entry.kind() == ListingEntry.Kind.DELETE_MARKER;
        latest = object || entry.latest();
        size = marker ? ListingEntry.UNKNOWN_SIZE : entry.size();
        dateMillis = entry.dateMillis();
        setTag(entry.etagBytes(), entry.etagLength());
        versionId = object ? "" : entry.id();
        storageClass = marker ? "" : entry.storageClass();
        checksumAlgorithm = entry.checksumAlgorithm();
        owner = entry.owner();
    }

    private void setTag(byte[] text, int length) {
        boolean quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
        tag = text;
        tagStart = quoted ? 1 : 0;
        tagLength = quoted ? length - 2 : length;
    }

    StoredRow copy() {
        StoredRow copy = new StoredRow();
        copy.key = Arrays.copyOf(key, keyLength);
        copy.keyLength = keyLength;
        copy.marker = marker;
        copy.latest = latest;
        copy.size = size;
        copy.dateMillis = dateMillis;
        copy.tag = Arrays.copyOfRange(tag, tagStart, tagStart + tagLength);
        copy.tagLength = tagLength;
        copy.versionId = versionId;
        copy.storageClass = storageClass;
        copy.checksumAlgorithm = checksumAlgorithm;
        copy.owner = owner;
        return copy;
    }

    int compareKey(byte[] other, int otherLength) {
        return Arrays.compareUnsigned(key, 0, keyLength, other, 0, otherLength);
    }

    ObjectKey objectKey() {
        return ObjectKey.copyOf(key, 0, keyLength);
    }

    /** The row as an inventory has it. */
    InventoryRow of(Segment segment) {
        String eTag = tagLength == 0 ? null : new String(tag, tagStart, tagLength, UTF_8);
        return new InventoryRow(
                segment.bucket().bucket(),
                objectKey(),
                nullIfEmpty(versionId),
                latest,
                marker,
                size == ListingEntry.UNKNOWN_SIZE ? null : (Long) size,
                dateMillis == ListingEntry.UNKNOWN_DATE ? null : (Long) dateMillis,
                eTag,
                nullIfEmpty(storageClass),
                InventoryRow.multipart(eTag),
                nullIfEmpty(checksumAlgorithm),
                nullIfEmpty(owner),
                nullIfEmpty(segment.bucket().account()),
                segment.region());
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
