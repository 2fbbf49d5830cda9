package dev.muster.events.dayfile;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** Those who wait for the same answer. */
final class PendingReplies {
    private final List<ActorRef<Flush>> waiters = new ArrayList<>();

    void add(ActorRef<Flush> waiter) {
        waiters.add(waiter);
    }

    int size() {
        return waiters.size();
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** The numbers go to the one who asked last: they would count twice otherwise (invariant 2). */
    void answer(Flush flush) {
        Flush toOthers = new Flush(flush.failure(), Flush.Progress.NONE);
        for (int i = 0; i < waiters.size(); i++) {
            waiters.get(i).tell(i == waiters.size() - 1 ? flush : toOthers);
        }
        waiters.clear();
    }
}
