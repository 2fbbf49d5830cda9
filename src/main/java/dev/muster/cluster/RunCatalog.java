package dev.muster.cluster;

import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunView;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;

/**
 * Views of all runs, from the shared state and from what their coordinators report. Part of the actor {@link
 * RunRegistry}.
 */
final class RunCatalog {
    private final RunRepository states;
    private final Logger log;
    private final Map<String, RunView> views = new TreeMap<>();
    /** Reasons why runs wait that have been logged. */
    private final Map<String, String> told = new HashMap<>();

    RunCatalog(RunRepository states, Logger log) {
        this.states = states;
        this.log = log;
    }

    Collection<RunView> views() {
        return views.values();
    }

    /** The view of a run; empty if it is unknown. */
    Optional<RunView> view(String run) {
        return Optional.ofNullable(views.get(run));
    }

    RunReply reply(String run) {
        return view(run).map(RunReply::of).orElseGet(() -> RunReply.refused("the cluster knows no run " + run));
    }

    /** Notes the view of a run that is active. */
    void seen(RunView view) {
        told.remove(view.run());
        views.put(view.run(), view);
    }

    /** Notes that a run does not continue at the moment. */
    void waits(String run, String problem) {
        views.put(run, RunViewFactory.waiting(view(run).orElseGet(() -> RunViewFactory.unread(run)), problem));
        if (!problem.equals(told.put(run, problem))) {
            log.warn("run {} waits: {}", run, problem);
        }
    }

    /**
     * Reads a run's record from the shared state.
     *
     * @return the run if it has not ended
     */
    Optional<RunRecord> look(String run) throws IOException {
        Optional<RunRecord> record = states.record(run);
        if (record.isEmpty()) {
            views.remove(run);
        }
        return record.flatMap(this::note);
    }

    /** Like {@link #look}, with a record that has been read already. */
    Optional<RunRecord> note(RunRecord record) {
        views.put(record.run(), RunViewFactory.bare(record));
        return Optional.of(record).filter(it -> !it.ended());
    }

    /**
     * Submits a run; returns why it is refused, or empty if it is accepted or was before. A name is accepted once, for
     * one job and its arguments.
     */
    Optional<String> submit(RegistryProtocol.Submit submit, Instant now) {
        RunView view;
        try {
            if (view(submit.run()).filter(known -> !known.job().isEmpty()).isEmpty()) {
                states.submit(RunRecord.submitted(submit.run(), submit.job(), submit.arguments(), now));
                look(submit.run());
            }
            view = view(submit.run()).orElseThrow(() -> new IOException("it was removed"));
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of("cannot keep run " + submit.run() + ": " + e.getMessage()
                    + "; see muster cluster status before you submit it again");
        }
        return view.job().equals(submit.job()) && view.arguments().equals(submit.arguments())
                ? Optional.empty()
                : Optional.of("another run is named " + submit.run() + "; submit it again, for another name");
    }

    /** Ends a cancelled run that no coordinator can continue, and so without a result. */
    void endWithoutResult(String run, Instant now) {
        try {
            states.endWithoutResult(run, now);
            look(run);
        } catch (IOException e) {
            log.warn("cannot end run {}: {}; cancel it again", run, e.getMessage());
        }
    }

    /** Removes the results of runs that ended before a time. */
    void expire(Instant oldest) {
        List<RunView> old = views.values().stream()
                .filter(view -> view.endedAt().filter(oldest::isAfter).isPresent())
                .toList();
        for (RunView run : old) {
            try {
                states.forget(run.run());
                views.remove(run.run());
            } catch (IOException e) {
                log.warn("cannot remove the old result of run {}: {}; trying again later", run.run(), e.getMessage());
            }
        }
    }
}
