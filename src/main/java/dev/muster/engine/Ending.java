package dev.muster.engine;

import java.util.Optional;

/** How and by when a run that is to stop early ends; the first reason stands. */
final class Ending {
    private Optional<RunEnd> end = Optional.empty();
    private long by = Long.MAX_VALUE;

    void request(RunEnd requested, long latestAt) {
        if (end.isEmpty()) {
            end = Optional.of(requested);
            by = latestAt;
        }
    }

    boolean requested() {
        return end.isPresent();
    }

    /** The latest time to end; {@code Long.MAX_VALUE} while nobody has asked for it. */
    long by() {
        return by;
    }

    /** How the run ends now, if it does. */
    Optional<RunEnd> due(boolean allDone, boolean nothingUnderWay, long now) {
        if (allDone) {
            return Optional.of(new RunEnd.Complete());
        }
        return nothingUnderWay || now >= by ? end : Optional.empty();
    }
}
