package dev.muster.cli.console;

import dev.muster.engine.Progress;
import dev.muster.engine.Stats;
import java.time.Duration;
import java.util.Map;

/** Words where a run stands. */
@FunctionalInterface
public interface ProgressLine {
    /** Line of a run that has done nothing yet: rates are those since it began. */
    Progress BEGINNING = new Progress(Stats.NONE, Map.of(), Duration.ZERO);

    /**
     * One line without the elapsed time.
     *
     * @param before an earlier progress, which rates are since
     */
    String line(Progress before, Progress now);
}
