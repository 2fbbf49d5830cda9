package dev.muster.engine;

/**
 * Receives partials one by one as they are merged, for jobs whose results are written while the run goes on.
 *
 * <p>A checkpoint remembers {@link #sync()}'s position; a resumed run calls {@link #rewind} with it before the first
 * write, so that what came after the checkpoint is not there twice (invariant 5).
 *
 * <p>An exception halts the run: with the failure of a {@link TaskException}, else with {@code OutputFailed}.
 */
public interface Output<P> extends AutoCloseable {
    void write(P partial);

    /** Makes all that was written durable and returns the position behind it, in a unit of the output's own. */
    long sync();

    /** Forgets all that was written behind a position that {@link #sync()} returned. */
    void rewind(long position);

    /**
     * True if anything is written before the end, so that a new run would spoil what an earlier checkpoint continues.
     */
    default boolean writesMeanwhile() {
        return true;
    }

    @Override
    void close();

    /** An output for jobs that only report at the end. */
    static <P> Output<P> none() {
        return new Nothing<>(false);
    }

    /** An output for jobs whose tasks write what they find. */
    static <P> Output<P> byTasks() {
        return new Nothing<>(true);
    }

    /** An output that writes nothing itself. */
    record Nothing<P>(boolean writesMeanwhile) implements Output<P> {
        @Override
        public void write(P partial) {}

        @Override
        public long sync() {
            return 0;
        }

        @Override
        public void rewind(long position) {}

        @Override
        public void close() {}
    }
}
