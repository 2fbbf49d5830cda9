package dev.muster.cli.console;

import dev.muster.engine.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The answers of the last seconds, so that rates are averages: a busy run answers several questions at once, and two
 * answers of one instant tell no rate.
 */
final class ProgressWindow {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Progress> recent = new ArrayDeque<>();
    private Progress before = ProgressLine.BEGINNING;

    /** Adds the newest answer, and returns the one that its rates are since. */
    Progress before(Progress now) {
        recent.add(now);
        Duration oldEnough = now.elapsed().minus(WINDOW);
        while (recent.element().elapsed().compareTo(oldEnough) <= 0) {
            before = recent.remove();
        }
        return before;
    }
}
