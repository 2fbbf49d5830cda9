package dev.muster.engine;

/** What has happened in a run so far, as {@link Stats} explains; an earlier part of a resumed run is included. */
final class Counts {
    long tries;
    long completed;
    long abandoned;
    long throttled;
    long failed;
    long hedged;
    long late;

    void continueFrom(Stats before) {
        tries = before.tries();
        completed = before.completed();
        abandoned = before.abandoned();
        throttled = before.throttled();
        failed = before.failed();
        hedged = before.hedged();
        late = before.late();
    }
}
