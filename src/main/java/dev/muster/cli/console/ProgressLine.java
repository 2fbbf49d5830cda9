package dev.muster.cli.console;

import dev.muster.engine.Progress;
import dev.muster.engine.Stats;
import java.time.Duration;
import java.util.Map;

/** Progress line of a run. */
@FunctionalInterface
public interface ProgressLine {
    /** Progress at the beginning of a run, for rates since then. */
    Progress BEGINNING = new Progress(Stats.NONE, Map.of(), Duration.ZERO);

    /**
     * One line without the elapsed time.
     *
     * @param before earlier progress, from which rates are computed
     */
    String line(Progress before, Progress now);
}
