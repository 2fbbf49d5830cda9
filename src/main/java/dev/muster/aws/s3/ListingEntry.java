package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.xml.XmlBytes;
import java.util.Arrays;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;

/**
 * An entry of a listing: an object, a version, a delete marker, an incomplete upload, a part of one, or a bucket. One
 * instance is reused for all entries: copy what is to be kept.
 *
 * <p>A value that is missing or cannot be read is unknown, and {@link #problem()} says so; the entry still counts.
 */
public final class ListingEntry {
    /** Kind of entry. */
    public enum Kind {
        OBJECT,
        VERSION,
        DELETE_MARKER,
        UPLOAD,
        PART,
        BUCKET
    }

    public static final long UNKNOWN_SIZE = -1;
    public static final long UNKNOWN_DATE = Long.MIN_VALUE;

    private static final int LONGEST_KEY = 64 * 1024;
    private static final int LONGEST_QUOTE = 40;
    private static final int ENOUGH_WORDS = 200;
    private static final int MOST_DIGITS = 18;
    private static final Name NONE = new Name("");
    private static final Name STANDARD = new Name(ObjectStorageClass.STANDARD.toString());
    private static final Name[] STORAGE_CLASSES = ObjectStorageClass.knownValues().stream()
            .map(known -> new Name(known.toString()))
            .toArray(Name[]::new);

    /** A name and its bytes in a page. */
    private static final class Name {
        private final byte[] bytes;
        private final String text;

        private Name(String text) {
            this.bytes = text.getBytes(UTF_8);
            this.text = text;
        }

        boolean stands(byte[] source, int start, int length) {
            return bytes.length == length && XmlBytes.stand(bytes, source, start, start + length);
        }

        /** This name if it is found there, else a new one. */
        Name orAnother(byte[] source, int start, int length) {
            return stands(source, start, length) ? this : new Name(new String(source, start, length, UTF_8));
        }
    }

    private static final int OF_OBJECT = bits(ListingElement.KEY, ListingElement.SIZE, ListingElement.LAST_MODIFIED);
    private static final int OF_MARKER =
            bits(ListingElement.KEY, ListingElement.LAST_MODIFIED, ListingElement.VERSION_ID, ListingElement.IS_LATEST);
    private static final int OF_VERSION = OF_MARKER | bits(ListingElement.SIZE);
    private static final int OF_UPLOAD = bits(ListingElement.KEY, ListingElement.INITIATED, ListingElement.UPLOAD_ID);
    private static final int OF_PART = bits(ListingElement.SIZE);
    /** A bucket may be without date and region. */
    private static final int OF_BUCKET = bits(ListingElement.NAME);

    /** A bit for each field that was present. */
    private int seen;

    private final StringBuilder problems = new StringBuilder();
    private Kind kind = Kind.OBJECT;
    private byte[] key;
    private int keyLength;
    private long size;
    private long dateMillis = UNKNOWN_DATE;
    private Name storageClass = STANDARD;
    private Name lastClass = STANDARD;
    private String id = "";
    private String region = "";
    private byte[] etag = {};
    private int etagLength;
    private Name checksumAlgorithm = NONE;
    private Name lastAlgorithm = NONE;
    private Name owner = NONE;
    private Name lastOwner = NONE;
    private boolean latest;
    private boolean latestUnknown;
    private boolean inexact;

    ListingEntry() {
        this(new byte[1024]);
    }

    private ListingEntry(byte[] key) {
        this.key = key;
    }

    public Kind kind() {
        return kind;
    }

    /** Buffer with the bytes of the key, or of the bucket's name, from index 0 on; valid only during the call. */
    public byte[] keyBytes() {
        return key;
    }

    /** The length of the key in bytes; 0 if it is unknown. */
    public int keyLength() {
        return keyLength;
    }

    /** A copy of the key. */
    public ObjectKey key() {
        return ObjectKey.copyOf(key, 0, keyLength);
    }

    /** Size in bytes, or {@link #UNKNOWN_SIZE}; 0 for entries without a size. */
    public long size() {
        return size;
    }

    /** Time of the last modification, initiation or creation in epoch milliseconds, or {@link #UNKNOWN_DATE}. */
    public long dateMillis() {
        return dateMillis;
    }

    /** Storage class as S3 names it; {@code STANDARD} if the page does not say. */
    public String storageClass() {
        return storageClass.text;
    }

    /** The id of a version or of an upload, the number of a part; empty if it is unknown. */
    public String id() {
        return id;
    }

    /** The region of a bucket; empty if the page does not say. */
    public String region() {
        return region;
    }

    /** Buffer with the ETag as in the page, mostly in quotes, from index 0 on; valid only during the call. */
    public byte[] etagBytes() {
        return etag;
    }

    /** The length of the ETag in bytes; 0 if there is none, or it was not requested. */
    public int etagLength() {
        return etagLength;
    }

    /** Algorithms of the stored checksums, such as {@code CRC64NVME}, separated by commas; empty if there are none. */
    public String checksumAlgorithm() {
        return checksumAlgorithm.text;
    }

    /** The canonical id of the owner, or a display name if there is no id; empty if it was not requested. */
    public String owner() {
        return owner.text;
    }

    /** Tells whether this is the current version of its key. */
    public boolean latest() {
        return latest;
    }

    /** Description of the values that are missing or cannot be read; empty if there are none. */
    public String problem() {
        return problems.toString();
    }

    /** Tells whether an unknown value of this entry may make a sum wrong, as any but a date may. */
    public boolean inexact() {
        return inexact;
    }

    void begin(ListingElement element) {
        kind = switch (element) {
            case CONTENTS -> Kind.OBJECT;
            case VERSION -> Kind.VERSION;
            case DELETE_MARKER -> Kind.DELETE_MARKER;
            case UPLOAD -> Kind.UPLOAD;
            case PART -> Kind.PART;
            default -> Kind.BUCKET;
        };
        seen = 0;
        keyLength = 0;
        size = 0;
        dateMillis = UNKNOWN_DATE;
        storageClass = STANDARD;
        if (!problems.isEmpty()) {
            problems.setLength(0);
        }
        id = "";
        region = "";
        etagLength = 0;
        checksumAlgorithm = NONE;
        owner = NONE;
        latest = false;
        latestUnknown = false;
        inexact = false;
    }

    void set(ListingElement field, byte[] text, int start, int length) {
        if ((seen & field.bit) != 0 && field != ListingElement.CHECKSUM_ALGORITHM) {
            problem(!isDate(field), "it has " + field + " twice");
            return;
        }
        seen |= field.bit;
        switch (field) {
            case KEY, NAME -> setKey(text, start, length);
            case SIZE -> setSize(text, start, length);
            case LAST_MODIFIED, INITIATED, CREATION_DATE -> setDate(field, text, start, length);
            case STORAGE_CLASS -> setStorageClass(text, start, length);
            case VERSION_ID, UPLOAD_ID, PART_NUMBER -> id = new String(text, start, length, UTF_8);
            case IS_LATEST -> setLatest(text, start, length);
            case BUCKET_REGION -> region = new String(text, start, length, UTF_8);
            case ETAG -> setEtag(text, start, length);
            case CHECKSUM_ALGORITHM -> setChecksumAlgorithm(text, start, length);
            case OWNER_ID -> owner = lastOwner = lastOwner.orAnother(text, start, length);
            case OWNER_NAME -> setOwnerName(text, start, length);
            default -> {}
        }
    }

    /** Notes what is missing. */
    void end() {
        int missing = required() & ~seen;
        if (keyLength == 0) {
            missing |= required() & (bits(ListingElement.KEY) | OF_BUCKET);
        }
        if (missing != 0) {
            for (ListingElement field : ListingElement.values()) {
                if ((missing & field.bit) != 0) {
                    missing(field);
                }
            }
        }
    }

    private int required() {
        return switch (kind) {
            case OBJECT -> OF_OBJECT;
            case VERSION -> OF_VERSION;
            case DELETE_MARKER -> OF_MARKER;
            case UPLOAD -> OF_UPLOAD;
            case PART -> OF_PART;
            case BUCKET -> OF_BUCKET;
        };
    }

    /** Assumes that a version that does not say so is the current one if it is the first of its key. */
    void guessLatest(boolean first) {
        if (latestUnknown) {
            latest = first;
        }
    }

    /** Notes that the entry contains something other than fields. */
    void unreadable() {
        size = UNKNOWN_SIZE;
        problem(true, "text stands in place of its fields");
    }

    /**
     * Returns another entry to fill, with the buffer for long keys; this one keeps its values in as little memory as it
     * needs.
     */
    ListingEntry handOver() {
        ListingEntry other = new ListingEntry(key);
        key = Arrays.copyOf(key, keyLength);
        return other;
    }

    /** Takes another array as key buffer and returns its own. */
    byte[] swapKey(byte[] spare) {
        byte[] own = key;
        key = spare;
        return own;
    }

    void shortenKey(int length) {
        keyLength = length;
    }

    private void problem(boolean spoilsNumbers, String words) {
        if (problems.length() < ENOUGH_WORDS) {
            problems.append(problems.isEmpty() ? "" : ", ").append(words);
        }
        inexact |= spoilsNumbers;
    }

    private void missing(ListingElement field) {
        if (field == ListingElement.SIZE) {
            size = UNKNOWN_SIZE;
        }
        latestUnknown |= field == ListingElement.IS_LATEST;
        problem(!isDate(field), "it has no " + field);
    }

    private void setKey(byte[] text, int start, int length) {
        if (length > LONGEST_KEY) {
            problem(true, "its key has " + length + " bytes");
            return;
        }
        if (length > key.length) {
            key = new byte[2 * length];
        }
        System.arraycopy(text, start, key, 0, length);
        keyLength = length;
    }

    private void setSize(byte[] text, int start, int length) {
        long number = length == 0 || length > MOST_DIGITS ? UNKNOWN_SIZE : 0;
        for (int i = start; i < start + length && number != UNKNOWN_SIZE; i++) {
            int digit = text[i] - '0';
            number = digit < 0 || digit > 9 ? UNKNOWN_SIZE : number * 10 + digit;
        }
        size = number;
        if (number == UNKNOWN_SIZE) {
            unreadable(ListingElement.SIZE, text, start, length);
        }
    }

    private void setDate(ListingElement field, byte[] text, int start, int length) {
        dateMillis = Timestamps.parse(text, start, length);
        if (dateMillis == UNKNOWN_DATE) {
            unreadable(field, text, start, length);
        }
    }

    private void setStorageClass(byte[] text, int start, int length) {
        if (length == 0) {
            return;
        }
        if (!lastClass.stands(text, start, length)) {
            lastClass = storageClass(text, start, length);
        }
        storageClass = lastClass;
    }

    private static Name storageClass(byte[] text, int start, int length) {
        for (Name known : STORAGE_CLASSES) { // as a loop: objects of two classes in turn ask for each key
            if (known.stands(text, start, length)) {
                return known;
            }
        }
        return new Name(new String(text, start, length, UTF_8));
    }

    private void setEtag(byte[] text, int start, int length) {
        if (length > etag.length) {
            etag = new byte[2 * length];
        }
        System.arraycopy(text, start, etag, 0, length);
        etagLength = length;
    }

    private void setChecksumAlgorithm(byte[] text, int start, int length) {
        lastAlgorithm = lastAlgorithm.orAnother(text, start, length);
        if (checksumAlgorithm == NONE) {
            checksumAlgorithm = lastAlgorithm;
        } else if (checksumAlgorithm.bytes.length < ENOUGH_WORDS) {
            checksumAlgorithm = new Name(checksumAlgorithm.text + ',' + lastAlgorithm.text);
        }
    }

    private void setOwnerName(byte[] text, int start, int length) {
        if (owner == NONE) {
            owner = lastOwner.orAnother(text, start, length);
        }
    }

    /** Reads {@code true} or {@code false} in any case, as S3 servers differ in it. */
    private void setLatest(byte[] text, int start, int length) {
        String value = new String(text, start, length, UTF_8);
        latest = value.equalsIgnoreCase("true");
        if (!latest && !value.equalsIgnoreCase("false")) {
            latestUnknown = true;
            unreadable(ListingElement.IS_LATEST, text, start, length);
        }
    }

    private void unreadable(ListingElement field, byte[] text, int start, int length) {
        String quote = new String(text, start, Math.min(length, LONGEST_QUOTE), UTF_8);
        problem(!isDate(field), "its " + field + " is \"" + quote + (length > LONGEST_QUOTE ? "...\"" : "\""));
    }

    private static int bits(ListingElement... fields) {
        return Arrays.stream(fields).mapToInt(field -> field.bit).sum();
    }

    private static boolean isDate(ListingElement field) {
        return field == ListingElement.LAST_MODIFIED
                || field == ListingElement.INITIATED
                || field == ListingElement.CREATION_DATE;
    }
}
