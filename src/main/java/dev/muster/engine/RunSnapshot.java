package dev.muster.engine;

import dev.muster.engine.Plan.Outlook;
import dev.muster.engine.Progress.Stats;
import java.time.Duration;
import java.util.List;

/**
 * State of a run at one instant, for people who watch it.
 *
 * @param limit the most tasks that may be under way at present, by what the service was seen to take
 * @param outlook work that the plan knows to be left
 * @param summary what has been merged; it goes on changing once the snapshot has been read
 */
public record RunSnapshot<P>(Stats stats, int limit, List<Outlook> outlook, P summary, Duration elapsed) {
    public RunSnapshot {
        outlook = List.copyOf(outlook);
    }
}
