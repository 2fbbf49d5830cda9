package dev.muster.cli;

import dev.muster.engine.RunResult.RunEnd;

/**
 * Exit codes of the process, and the rule by which a run that has ended gets one. A job says what it found; the same
 * rule holds for all jobs.
 */
public final class ExitCodes {
    public static final int COMPLETE = 0;
    public static final int FAILED = 1;
    /** Wrong use or configuration: nothing was done. */
    public static final int USAGE = 2;
    /** Finished, but something is missing; stderr and the report say what. */
    public static final int INCOMPLETE = 3;
    /** A check that was asked for did not hold; stderr says which. */
    public static final int CHECK_FAILED = 4;
    /** Interrupted; the report is partial, and the run can be resumed. */
    public static final int INTERRUPTED = 130;

    /** Completeness of what a run that came to its end has found. */
    public enum Found {
        /** Everything that was asked for. */
        ALL,
        /** Something is missing: tasks were given up, or what was found is not in order. */
        SOME,
        /** Nothing could be read. */
        NOTHING,
        /** Nothing, as the options name nothing that exists. */
        NO_MATCH
    }

    private ExitCodes() {}

    /** The code of a run; what was found counts only if the run came to its end. */
    public static int of(RunEnd end, Found found) {
        if (end instanceof RunEnd.Interrupted) {
            return INTERRUPTED;
        } else if (end instanceof RunEnd.Halted) {
            return FAILED;
        }
        return switch (found) {
            case ALL -> COMPLETE;
            case SOME -> INCOMPLETE;
            case NOTHING -> FAILED;
            case NO_MATCH -> USAGE;
        };
    }

    /** The code of a run that has found everything, or lacks something. */
    public static int of(RunEnd end, boolean complete) {
        return of(end, complete ? Found.ALL : Found.SOME);
    }
}
