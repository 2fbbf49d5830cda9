package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The day files of a run on a cluster. */
final class ClusterDayFileRouter implements DayFileRouter {
    private static final Duration HAND_OVER = Duration.ofSeconds(20);
    /**
     * Characters handed over at once; a longer message goes alone. A queue's message has at most 1 MiB, one between
     * nodes 8 MiB.
     */
    private static final long LOAD = 128 * 1024;

    private final ShardedDayFile.Cluster cluster;

    ClusterDayFileRouter(ShardedDayFile.Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /**
     * Never fails, as other destinations may have got their share of the same receive: messages lost on the way come
     * again, and the plan misses them, as they are never reported gone.
     */
    @Override
    public CompletableFuture<Integer> add(String destination, List<InFlightMessage> inFlightTable) {
        CompletableFuture<Integer> held = CompletableFuture.completedFuture(0);
        for (List<InFlightMessage> load : loads(inFlightTable)) {
            held = held.thenCombine(
                    cluster.ask(destination, new ShardedDayFile.Question.Hold(load), HAND_OVER)
                            .handle((answer, error) ->
                                    answer instanceof ShardedDayFile.Answer.Held now ? now.messages() : 0),
                    Math::max);
        }
        return held;
    }

    /** Groups of messages that fit into one message between nodes. */
    private static List<List<InFlightMessage>> loads(List<InFlightMessage> inFlightTable) {
        List<List<InFlightMessage>> loads = new ArrayList<>();
        long size = LOAD;
        for (InFlightMessage inFlightMessage : inFlightTable) {
            size += inFlightMessage.content().size();
            if (size >= LOAD) {
                loads.add(new ArrayList<>());
                size = inFlightMessage.content().size();
            }
            loads.get(loads.size() - 1).add(inFlightMessage);
        }
        return loads;
    }

    @Override
    public CompletableFuture<Flush> write(String destination, Duration timeout) {
        return flush(destination, new ShardedDayFile.Question.Write(), timeout);
    }

    @Override
    public CompletableFuture<Flush> release(String destination, Duration timeout) {
        return flush(destination, new ShardedDayFile.Question.Release(), timeout);
    }

    private CompletableFuture<Flush> flush(String destination, ShardedDayFile.Question request, Duration timeout) {
        return cluster.ask(destination, request, timeout).handle((answer, error) -> {
            if (answer instanceof ShardedDayFile.Answer.Done done) {
                return new Flush(
                        done.flush().failure().map(ClusterDayFileRouter::theirs),
                        done.flush().progress());
            }
            throw new TaskException(
                    new Failure(
                            Failure.Kind.TRANSIENT,
                            "NoAnswer",
                            "the node that holds " + destination + " does not answer; another will take its place"),
                    error);
        });
    }

    /** Failure of the node that holds the destination: its credentials do not work, not those of the asking node. */
    private static Failure theirs(Failure failure) {
        return failure.kind() == Failure.Kind.UNFIT
                ? new Failure(Failure.Kind.TRANSIENT, failure.code(), failure.message())
                : failure;
    }

    /** Does nothing: destinations end with the run, not with this node's part in it. */
    @Override
    public void close() {}
}
