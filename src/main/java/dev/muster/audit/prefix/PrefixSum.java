package dev.muster.audit.prefix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.audit.stats.ClassUsage;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.Sums;
import dev.muster.aws.s3.ListingEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums over some objects, versions and uploads. Filled by one thread while a page is read; nobody changes it afterwards.
 * Readable by Jackson.
 */
public final class PrefixSum {
    private static final int OBJECTS = 0;
    private static final int BYTES = 1;
    private static final int NEWEST = 2;
    private static final int OLDEST = 3;
    private static final int NONCURRENT = 4;
    private static final int NONCURRENT_BYTES = 5;
    private static final int DELETE_MARKERS = 6;
    private static final int UPLOADS = 7;
    private static final int UPLOAD_BYTES = 8;
    private static final int OF_OBJECTS = 4;
    private static final int ALL = 9;

    /** Numbers of a class: its objects, their bytes, and the same of the small ones. */
    private static final int OF_CLASS = 4;

    /** Those of objects; the others are there once one of them is needed. */
    private long[] figures;

    private String[] classes;
    /** The numbers of each class in turn. */
    private long[] ofClasses;

    PrefixSum() {
        this(new long[] {0, 0, Long.MIN_VALUE, Long.MAX_VALUE}, new String[0], new long[0]);
    }

    private PrefixSum(long[] figures, String[] classes, long[] ofClasses) {
        this.figures = figures;
        this.classes = classes;
        this.ofClasses = ofClasses;
    }

    @JsonCreator
    static PrefixSum of(
            @JsonProperty("figures") long[] figures,
            @JsonProperty("classes") String[] classes,
            @JsonProperty("ofClasses") long[] ofClasses) {
        boolean whole = (figures.length == OF_OBJECTS || figures.length == ALL)
                && (ofClasses.length == OF_CLASS * classes.length || ofClasses.length == 2 * classes.length)
                && Arrays.stream(ofClasses).allMatch(number -> number >= 0);
        for (int i = 0; i < figures.length; i++) {
            whole &= figures[i] >= 0 || i == NEWEST || i == OLDEST;
        }
        if (!whole) {
            throw new IllegalArgumentException("not the sums of a prefix");
        }
        boolean withSmall = ofClasses.length == OF_CLASS * classes.length;
        return new PrefixSum(figures.clone(), classes.clone(), withSmall ? ofClasses.clone() : widened(ofClasses));
    }

    /** Numbers without those of small objects, as older checkpoints have them. */
    private static long[] widened(long[] pairs) {
        long[] numbers = new long[OF_CLASS * pairs.length / 2];
        for (int i = 0; i < pairs.length; i++) {
            numbers[OF_CLASS * (i / 2) + i % 2] = pairs[i];
        }
        return numbers;
    }

    @JsonProperty("figures")
    long[] figures() {
        return figures;
    }

    @JsonProperty("classes")
    String[] classes() {
        return classes;
    }

    @JsonProperty("ofClasses")
    long[] ofClasses() {
        return ofClasses;
    }

    public long objects() {
        return figures[OBJECTS];
    }

    public long bytes() {
        return figures[BYTES];
    }

    /** Latest modification of an object; empty without objects whose date is known. */
    public Optional<Instant> newest() {
        return figures[NEWEST] == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(figures[NEWEST]));
    }

    /** Earliest modification of an object; empty without objects whose date is known. */
    public Optional<Instant> oldest() {
        return figures[OLDEST] == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(figures[OLDEST]));
    }

    public ObjectSum noncurrent() {
        return new ObjectSum(figure(NONCURRENT), figure(NONCURRENT_BYTES));
    }

    public long deleteMarkers() {
        return figure(DELETE_MARKERS);
    }

    public long uploads() {
        return figure(UPLOADS);
    }

    public long uploadBytes() {
        return figure(UPLOAD_BYTES);
    }

    public SortedMap<String, ObjectSum> storageClasses() {
        SortedMap<String, ObjectSum> sums = new TreeMap<>();
        for (int i = 0; i < classes.length; i++) {
            sums.put(classes[i], new ObjectSum(ofClasses[OF_CLASS * i], ofClasses[OF_CLASS * i + 1]));
        }
        return Collections.unmodifiableSortedMap(sums);
    }

    /** The objects by storage class, as a bill needs them. */
    public SortedMap<String, ClassUsage> usage() {
        SortedMap<String, ClassUsage> usage = new TreeMap<>();
        for (int i = 0; i < classes.length; i++) {
            usage.put(
                    classes[i],
                    new ClassUsage(
                            ofClasses[OF_CLASS * i],
                            ofClasses[OF_CLASS * i + 1],
                            ofClasses[OF_CLASS * i + 2],
                            ofClasses[OF_CLASS * i + 3]));
        }
        return usage;
    }

    /** Tells whether nothing was counted. */
    public boolean nothing() {
        return things() == 0 && size() == 0;
    }

    /** All that is paid for by the byte. */
    long size() {
        return Sums.add(bytes(), Sums.add(figure(NONCURRENT_BYTES), figure(UPLOAD_BYTES)));
    }

    /** All that is counted. */
    long things() {
        return Sums.add(Sums.add(objects(), figure(NONCURRENT)), Sums.add(figure(DELETE_MARKERS), figure(UPLOADS)));
    }

    /** The sum of the two, which stay as they are. */
    public PrefixSum plus(PrefixSum other) {
        PrefixSum sum = new PrefixSum(figures.clone(), classes, ofClasses.clone());
        long[] added = other.figures;
        if (added.length > OF_OBJECTS) {
            sum.widen();
        }
        for (int i = 0; i < added.length; i++) {
            sum.figures[i] = switch (i) {
                case NEWEST -> Math.max(sum.figures[i], added[i]);
                case OLDEST -> Math.min(sum.figures[i], added[i]);
                default -> Sums.add(sum.figures[i], added[i]);
            };
        }
        for (int i = 0; i < other.classes.length; i++) {
            int at = sum.find(other.classes[i]);
            for (int j = 0; j < OF_CLASS; j++) {
                sum.ofClasses[at + j] = Sums.add(sum.ofClasses[at + j], other.ofClasses[OF_CLASS * i + j]);
            }
        }
        return sum;
    }

    void object(long size, long lastModifiedMillis, String storageClass) {
        long known = Math.max(0, size);
        figures[OBJECTS]++;
        figures[BYTES] = Sums.add(figures[BYTES], known);
        if (lastModifiedMillis != ListingEntry.UNKNOWN_DATE) {
            figures[NEWEST] = Math.max(figures[NEWEST], lastModifiedMillis);
            figures[OLDEST] = Math.min(figures[OLDEST], lastModifiedMillis);
        }
        int at = find(storageClass);
        ofClasses[at]++;
        ofClasses[at + 1] = Sums.add(ofClasses[at + 1], known);
        if (size >= 0 && size < ClassUsage.SMALL) {
            ofClasses[at + 2]++;
            ofClasses[at + 3] += size;
        }
    }

    void noncurrentVersion(long size) {
        widen();
        figures[NONCURRENT]++;
        figures[NONCURRENT_BYTES] = Sums.add(figures[NONCURRENT_BYTES], Math.max(0, size));
    }

    void deleteMarker() {
        widen();
        figures[DELETE_MARKERS]++;
    }

    void upload() {
        widen();
        figures[UPLOADS]++;
    }

    void uploadedParts(long size) {
        widen();
        figures[UPLOAD_BYTES] = Sums.add(figures[UPLOAD_BYTES], Math.max(0, size));
    }

    private void widen() {
        if (figures.length < ALL) {
            figures = Arrays.copyOf(figures, ALL);
        }
    }

    private long figure(int index) {
        return index < figures.length ? figures[index] : 0;
    }

    /** Index of a class's numbers. There are a dozen classes, and objects of a prefix mostly share one. */
    private int find(String storageClass) {
        int at = 0;
        while (at < classes.length && !classes[at].equals(storageClass)) {
            at++;
        }
        if (at == classes.length) {
            classes = Arrays.copyOf(classes, at + 1);
            classes[at] = storageClass;
            ofClasses = Arrays.copyOf(ofClasses, OF_CLASS * (at + 1));
        }
        return OF_CLASS * at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrefixSum that
                && Arrays.equals(Arrays.copyOf(figures, ALL), Arrays.copyOf(that.figures, ALL))
                && usage().equals(that.usage());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(figures, ALL));
    }

    @Override
    public String toString() {
        return Arrays.toString(figures) + usage();
    }
}
