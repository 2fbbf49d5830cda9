package dev.muster.cli;

/** Exit codes of the process; documented in the README. */
public final class ExitCodes {
    public static final int COMPLETE = 0;
    public static final int FAILED = 1;
    /** Wrong use or configuration: nothing was done. */
    public static final int USAGE = 2;
    /** Finished, but something is missing; stderr and the report say what. */
    public static final int INCOMPLETE = 3;
    /** Interrupted; the report is partial, and the run can be resumed. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
