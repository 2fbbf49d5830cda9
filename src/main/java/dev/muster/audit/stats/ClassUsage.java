package dev.muster.audit.stats;

/**
 * Objects of a storage class, as a bill needs them: some classes bill each object as 128 KB at least, and
 * INTELLIGENT_TIERING monitors only larger ones.
 *
 * @param small number of those below {@link #SMALL}
 * @param smallBytes their size
 */
public record ClassUsage(long objects, long bytes, long small, long smallBytes) {
    /** Size in bytes from which an object is no small one: 128 KB. */
    public static final long SMALL = 128 << 10;

    public static final ClassUsage NONE = new ClassUsage(0, 0, 0, 0);

    public ClassUsage plus(ClassUsage other) {
        return new ClassUsage(
                Sums.add(objects, other.objects),
                Sums.add(bytes, other.bytes),
                Sums.add(small, other.small),
                Sums.add(smallBytes, other.smallBytes));
    }
}
