package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.EventsResult.Counted;
import dev.muster.events.EventsResult.Flushed;
import dev.muster.events.EventsResult.Polled;
import dev.muster.events.EventsTask.Count;
import dev.muster.events.EventsTask.Flush;
import dev.muster.events.EventsTask.Poll;
import dev.muster.events.EventsTask.Prepare;
import dev.muster.events.EventsTask.Release;
import dev.muster.events.dayfile.Interrupted;
import dev.muster.events.queue.MessageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Polls, writes what is due, and ends when the queue is empty and nothing is held (invariant 1). A drained queue is one
 * from which several receives in turn, all of them waiting, got nothing, the last of them after the last message was
 * deleted, and which says itself that it has no messages left. One that still has some after a while, in flight
 * elsewhere perhaps, is not drained, nor is one that does not tell, and the run says so.
 */
public final class EventsPlan implements Plan<EventsTask, EventsResult, EventsPartial> {
    /** Times in a row that a drain restarts a task after all its attempts have failed; each takes about a minute. */
    private static final int MOST_OUTAGES = 8;

    private static final String UNTOLD =
            "several receives in a row brought nothing, but it does not tell whether messages are"
                    + " left that others have received; allow sqs:GetQueueAttributes on the queue";

    private final PollingPolicy pace;
    private final Map<EventsTask, Integer> outages = new HashMap<>();
    private final Set<Integer> polling = new TreeSet<>();
    private final Set<Integer> parked = new TreeSet<>();
    private final DestinationTable destinations = new DestinationTable();

    private boolean ending;
    private boolean givenUp;
    private int emptyAnswers;
    private int emptyAnswersNeeded;
    private int target;
    private int leastPollers;
    private final HeldLoads held = new HeldLoads();
    private long memory = Long.MAX_VALUE;
    private boolean mayHaveLost;
    private boolean deletedSinceLook;
    private boolean ready;
    private boolean counted;
    private boolean midway;
    private boolean hiding;
    private int looks;
    private boolean lost;
    /** Deliveries of messages left to the queue's redrive policy: as many may still be on it. */
    private long leftAlone;

    EventsPlan(PollingPolicy pace) {
        this.pace = requireNonNull(pace, "pace is null");
        this.target = pace.minPollers();
        this.leastPollers = pace.minPollers();
        this.emptyAnswersNeeded = pace.emptyAnswers();
    }

    @Override
    public List<EventsTask> seeds() {
        return List.of(new Prepare());
    }

    /**
     * Waits for what an earlier process held, which returns to the queue when its leases end: its writes find nothing
     * to do.
     */
    @Override
    public void resumed(List<EventsTask> outstanding) {
        mayHaveLost = true;
        ready = outstanding.stream().noneMatch(Prepare.class::isInstance);
        for (EventsTask task : outstanding) {
            if (task instanceof Poll poll) {
                polling.add(poll.poller());
            } else if (task instanceof Flush flush) {
                destinations.resumed(flush.destination());
            } else if (task instanceof Release release) {
                destinations.resumed(release.destination());
            }
        }
    }

    @Override
    public void repeated(EventsTask task) {
        if (task instanceof Poll) {
            mayHaveLost = true;
            lost = true;
            slowDown();
        }
    }

    /**
     * Reduces the pollers: a receive that fails may be one too many for the server, and hides the messages that it did
     * not deliver.
     */
    private void slowDown() {
        if (pace.minPollers() < pace.maxPollers()) {
            leastPollers = 1;
            target = Math.max(leastPollers, target / 2);
        }
    }

    @Override
    public Step<EventsTask, EventsPartial> completed(EventsTask task, EventsResult result, Demand demand) {
        List<EventsTask> next = new ArrayList<>();
        if (task instanceof Poll poll && result instanceof Polled polled) {
            outages.keySet().removeIf(Poll.class::isInstance);
            onPolled(poll.poller(), polled, demand, next);
        } else if (task instanceof Flush flush && result instanceof Flushed flushed) {
            outages.keySet().removeIf(Flush.class::isInstance);
            onFlushed(flush, flushed, next);
        } else if (task instanceof Release release && result instanceof EventsResult.Released released) {
            held.gone(release.destination(), released.gone());
            destinations.released(release.destination());
        } else if (result instanceof EventsResult.Prepared) {
            ready = true;
        }
        EventsPartial partial = result instanceof Counted left ? onCounted(left, next) : result.counts();
        goOn(next);
        return Step.of(partial, next);
    }

    @Override
    public Step<EventsTask, EventsPartial> abandoned(EventsTask task, Failure failure) {
        List<EventsTask> next = new ArrayList<>();
        boolean outlasted = outlasted(task, failure);
        if (task instanceof Poll poll) {
            polling.remove(poll.poller());
        } else if (task instanceof Flush flush && outlasted) {
            destinations.postpone(flush.destination());
        } else if (task instanceof Flush flush) {
            next.add(new Release(flush.destination()));
        } else if (task instanceof Release release) {
            destinations.released(release.destination());
        } else if (outlasted) {
            next.add(task);
        }
        givenUp |= !outlasted && !(task instanceof Release);
        ending |= givenUp;
        goOn(next);
        return Step.of(outlasted ? EventsPartial.builder().build() : partial(task, failure), next);
    }

    /**
     * An outage costs time, not work: a task that failed for reasons that may pass is restarted, by a run that follows
     * until it succeeds, and by a drain for some minutes. Meanwhile the run keeps what it holds: if returned, messages
     * would come again at once, so often that a redrive policy would take them for poison.
     */
    private boolean outlasted(EventsTask task, Failure failure) {
        if (!failure.kind().retriable() || task instanceof Release) {
            return false;
        } else if (pace.follow()) {
            return !ending;
        }
        return ready && !givenUp && outages.merge(task, 1, Integer::sum) < MOST_OUTAGES;
    }

    /** An endless run is complete whenever it is stopped; a drain is not if something could not be written in time. */
    private EventsPartial partial(EventsTask task, Failure failure) {
        EventsPartial.Builder partial = EventsPartial.builder();
        if (!pace.follow() || !failure.equals(Interrupted.FAILURE)) {
            partial.failure(new EventsFailure(task.description(), failure.code(), failure.message()));
        }
        return partial.build();
    }

    @Override
    public TaskPolicy terms(EventsTask task) {
        boolean asks = task.resource().equals(EventsTask.QUEUE);
        return new TaskPolicy(task.resource(), asks ? pace.pollTimeout() : pace.flushTimeout(), false);
    }

    private void onPolled(int poller, Polled polled, Demand demand, List<EventsTask> next) {
        polling.remove(poller);
        held.add(polled.handed());
        memory = Math.min(memory, polled.memory());
        leftAlone += polled.counts().count(EventCount.LEFT);
        destinations.got(polled.holding());
        boolean waits = polled.answer() == Answer.NO_ROOM || polled.answer() == Answer.OTHERS_FIRST;
        destinations.flush(polled.due(), next);
        if (polled.answer() == Answer.NO_ROOM) {
            destinations.flushAll(next);
        }
        if (hiding) {
            destinations.flushAll(next);
        }
        destinations.flushOverdue(next);
        switch (polled.answer()) {
            case FULL_BATCH -> {
                notEmpty();
                target = demand.spare() > 1 ? Math.min(pace.maxPollers(), target + 1) : target;
            }
            case SOME -> notEmpty();
            case NONE -> {
                emptyAnswers++;
                target = Math.max(leastPollers, target - 1);
                askWhatIsHidden(next);
                ending |= !pace.follow() && emptyAnswers >= emptyAnswersNeeded;
            }
            case LEFT_ONLY -> {}
            case NO_ROOM, OTHERS_FIRST -> parked.add(poller);
            case END -> {
                ending = true;
                givenUp = true;
            }
        }
        if (!waits) {
            parked.clear();
        }
    }

    /** Notes that the queue has messages, even if it was already considered drained. */
    private void notEmpty() {
        emptyAnswers = 0;
        looks = 0;
        counted = false;
        ending = givenUp;
    }

    private void onFlushed(Flush flush, Flushed flushed, List<EventsTask> next) {
        parked.clear();
        held.gone(flush.destination(), flushed.gone());
        destinations.written(flush.destination(), flushed.holding());
        if (flushed.conflict()) {
            destinations.flush(List.of(flush.destination()), next);
        }
        if (flushed.lost() > 0) {
            notEmpty();
        }
        deletedSinceLook |= flushed.counts().count(EventCount.DELETED) > 0;
    }

    private void goOn(List<EventsTask> next) {
        if (!ready) {
            return;
        } else if (!ending) {
            morePollers(next);
        } else if (polling.isEmpty()) {
            destinations.flushAll(next);
        }
        if (polling.isEmpty() && destinations.idle()) {
            waitForLost(next);
            lookAgain(next);
            countLeft(next);
        }
    }

    /**
     * A drain that gets no more messages may be hiding them by those that it holds, as in a group of a FIFO queue. If
     * the queue reports more, what is held is written at once, until the queue reports none.
     */
    private void askWhatIsHidden(List<EventsTask> next) {
        boolean looksAgain = pace.looks().filter(looks -> looks.again() > 0).isPresent();
        if (!pace.follow() && looksAgain && !held.isEmpty() && !midway && !counted) {
            midway = true;
            next.add(new Count());
        }
    }

    /** A queue that seems empty may have messages that it does not deliver: its own numbers decide. */
    private void countLeft(List<EventsTask> next) {
        boolean drained = ending && !givenUp && !pace.follow() && next.isEmpty();
        if (drained && pace.looks().isPresent() && !counted && !midway) {
            counted = true;
            next.add(new Count());
        }
    }

    /**
     * The numbers of a queue may lag, and messages in flight elsewhere may come back: so it is checked repeatedly for a
     * while, and longer if this run may have lost messages that are still hidden.
     */
    private EventsPartial onCounted(Counted left, List<EventsTask> next) {
        if (midway) {
            midway = false;
            hiding = left.waiting() > 0;
            if (hiding) {
                destinations.flushAll(next);
            }
            return EventsPartial.builder().build();
        }
        EventsPartial.Builder partial = EventsPartial.builder();
        if (givenUp || (left.told() && left.waiting() + left.hidden() <= leftAlone)) {
            return partial.build();
        }
        int most = pace.looks()
                .map(allowed -> lost ? allowed.afterLoss() : allowed.again())
                .orElse(0);
        if (left.told() && looks < most) {
            looks++;
            counted = false;
            ending = false;
            emptyAnswers = emptyAnswersNeeded - 1;
        } else {
            partial.failure(new EventsFailure(
                    "draining the queue", EventsFailure.NOT_DRAINED, left.told() ? words(left) : UNTOLD));
        }
        return partial.build();
    }

    private static String words(Counted left) {
        long all = left.waiting() + left.hidden();
        return String.format(
                Locale.ROOT,
                "it says that %,d %s left, %,d of them in flight to other consumers or not back yet; run it again for them",
                all,
                all == 1 ? "message is" : "messages are",
                left.hidden());
    }

    /**
     * Receives once more, because messages held by this run may have hidden others, such as those of the same group of
     * a FIFO queue.
     */
    private void lookAgain(List<EventsTask> next) {
        if (ending && !givenUp && deletedSinceLook) {
            deletedSinceLook = false;
            ending = false;
            emptyAnswers = emptyAnswersNeeded - pace.minPollers();
            morePollers(next);
        }
    }

    /**
     * Waits for messages that were lost with a process: those that are unaccounted for while nothing is under way or
     * held. They come back.
     */
    private void waitForLost(List<EventsTask> next) {
        if (pace.emptyAnswersAfterLoss() > 0 && !givenUp && (mayHaveLost || !held.isEmpty())) {
            mayHaveLost = false;
            held.clear();
            ending = false;
            emptyAnswers = 0;
            emptyAnswersNeeded = pace.emptyAnswersAfterLoss() + target;
            morePollers(next);
        }
    }

    /**
     * Tells whether the receives under way may bring all that may be held: in number, and in bytes, as all of it may
     * belong to one day and be held by one node, and none of them may have the memory of the others (invariant 4).
     */
    private boolean full() {
        long messages = held.messages() + (long) MessageSource.BATCH * polling.size();
        return messages >= pace.maxHeld() || held.bytes() + held.largestBatch() * polling.size() >= memory;
    }

    /**
     * Starts pollers. Those without room wait until something is written or another poller's reservation is free. Once
     * a queue seems empty, a drain makes only as many receives as it still needs to end: more would only make it wait.
     */
    private void morePollers(List<EventsTask> next) {
        if (polling.isEmpty() && destinations.idle()) {
            parked.clear();
        }
        if (full()) {
            destinations.flushAll(next);
            return;
        }
        boolean seemsEmpty = !pace.follow() && emptyAnswers > 0;
        int useful = seemsEmpty ? Math.min(target, emptyAnswersNeeded - emptyAnswers) : target;
        for (int poller = 0; polling.size() + parked.size() < useful; poller++) {
            if (!parked.contains(poller) && polling.add(poller)) {
                next.add(new Poll(poller));
            }
        }
    }
}
