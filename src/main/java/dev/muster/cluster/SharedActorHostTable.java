package dev.muster.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorSystem;

/** This node's hosts, one for each run that has keepers here. Thread-safe. */
final class SharedActorHostTable {
    private static final class Shared {
        private final SharedActorHost<?, ?> host;
        private int users;

        Shared(SharedActorHost<?, ?> host) {
            this.host = host;
        }
    }

    private final ActorSystem<?> node;
    private final Map<String, Shared> byRun = new HashMap<>();

    SharedActorHostTable(ActorSystem<?> node) {
        this.node = node;
    }

    /** The run's host; each use of it ends with {@link #release}. */
    @SuppressWarnings("unchecked") // a run has one job, and that one type of keepers
    synchronized <Q, A> SharedActorHost<Q, A> acquire(
            String run, SharedActorType<Q, A> type, SortedMap<String, String> arguments) {
        Shared shared = byRun.computeIfAbsent(run, name -> new Shared(type.host(arguments, node)));
        shared.users++;
        return (SharedActorHost<Q, A>) shared.host;
    }

    synchronized void release(String run) {
        Shared shared = byRun.get(run);
        shared.users--;
        if (shared.users == 0) {
            byRun.remove(run);
            shared.host.close();
        }
    }
}
