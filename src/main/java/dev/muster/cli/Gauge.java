package dev.muster.cli;

import dev.muster.engine.Progress;

/** Words where a run stands. */
@FunctionalInterface
interface Gauge {
    /**
     * One line without the elapsed time.
     *
     * @param before the progress shown last, for rates
     */
    String line(Progress before, Progress now);
}
