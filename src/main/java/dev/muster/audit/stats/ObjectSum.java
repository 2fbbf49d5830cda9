package dev.muster.audit.stats;

/** A number of objects and their size. */
public record ObjectSum(long objects, long bytes) {
    public static final ObjectSum NONE = new ObjectSum(0, 0);

    public ObjectSum plus(ObjectSum other) {
        return new ObjectSum(Sums.add(objects, other.objects), Sums.add(bytes, other.bytes));
    }
}
