package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Decides which node holds which shard: each the same number, except that a shard moves away from a node that has
 * refused it because it cannot hold the shard's actors. A refusal expires, so every node is asked again; if all refuse,
 * a shard stays until one of them is fit. Nodes that refuse any shard are left out of rebalancing, which would keep
 * sending shards back to them.
 *
 * <p>Every node keeps such a table, since any may become the one that decides. Thread-safe.
 */
final class ShardPlacement implements ShardCoordinator.ActorSystemDependentAllocationStrategy {
    /** Time after which a node is asked again; each time in vain costs a move there and back, of some seconds. */
    static final Duration REFUSED_FOR = Duration.ofMinutes(5);

    private record Refusal(String node, String shard) {}

    private final ShardCoordinator.ShardAllocationStrategy evenly;
    private final Function<ActorRef, String> nodeOf;
    private final LongSupplier nanoTime;
    private final Map<Refusal, Long> until = new ConcurrentHashMap<>();

    /**
     * A placement without refusals.
     *
     * @param evenly strategy for shards that no node refuses
     * @param nodeOf returns the node of a shard region
     * @param nanoTime the clock: {@code System::nanoTime}
     */
    ShardPlacement(
            ShardCoordinator.ShardAllocationStrategy evenly, Function<ActorRef, String> nodeOf, LongSupplier nanoTime) {
        this.evenly = requireNonNull(evenly, "evenly is null");
        this.nodeOf = requireNonNull(nodeOf, "nodeOf is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /** Notes that a node cannot hold the actors of a shard. */
    void refused(String node, String shard) {
        until.put(new Refusal(node, shard), nanoTime.getAsLong() + REFUSED_FOR.toNanos());
    }

    private Set<Refusal> refusals() {
        long now = nanoTime.getAsLong();
        until.values().removeIf(end -> end - now <= 0);
        return Set.copyOf(until.keySet());
    }

    @Override
    public void start(ActorSystem system) {
        if (evenly instanceof ShardCoordinator.ActorSystemDependentAllocationStrategy dependent) {
            dependent.start(system);
        }
    }

    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester,
            String shard,
            scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shardsByRegion) {
        Set<Refusal> refusals = refusals();
        var willing = only(shardsByRegion, region -> !refusals.contains(new Refusal(nodeOf.apply(region), shard)));
        return evenly.allocateShard(requester, shard, willing.isEmpty() ? shardsByRegion : willing);
    }

    @Override
    public Future<scala.collection.immutable.Set<String>> rebalance(
            scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shardsByRegion,
            scala.collection.immutable.Set<String> underWay) {
        Set<Refusal> refusals = refusals();
        Set<String> refusing = new HashSet<>();
        refusals.forEach(refusal -> refusing.add(refusal.node()));
        Set<String> moves = refusedHere(CollectionConverters.asJava(shardsByRegion), refusals);
        moves.removeAll(CollectionConverters.asJava(underWay));
        var others = only(shardsByRegion, region -> !refusing.contains(nodeOf.apply(region)));
        if (others.size() < 2) {
            return FutureConverters.asScala(CompletableFuture.completedFuture(immutable(moves)));
        }
        return FutureConverters.asScala(
                FutureConverters.asJava(evenly.rebalance(others, underWay)).thenApply(evened -> {
                    moves.addAll(CollectionConverters.asJava(evened));
                    return immutable(moves);
                }));
    }

    /** Shards that their node refuses and another node does not. */
    private Set<String> refusedHere(Map<ActorRef, IndexedSeq<String>> shardsByRegion, Set<Refusal> refusals) {
        Set<String> moves = new HashSet<>();
        shardsByRegion.forEach((region, shards) -> CollectionConverters.asJava(shards).stream()
                .filter(shard -> refusals.contains(new Refusal(nodeOf.apply(region), shard)))
                .filter(shard -> shardsByRegion.keySet().stream()
                        .anyMatch(other -> !refusals.contains(new Refusal(nodeOf.apply(other), shard))))
                .forEach(moves::add));
        return moves;
    }

    private static scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> only(
            scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shardsByRegion, Predicate<ActorRef> which) {
        Map<ActorRef, IndexedSeq<String>> kept = new HashMap<>(CollectionConverters.asJava(shardsByRegion));
        kept.keySet().removeIf(which.negate());
        return scala.collection.immutable.Map.from(CollectionConverters.asScala(kept));
    }

    private static scala.collection.immutable.Set<String> immutable(Set<String> shards) {
        return scala.collection.immutable.Set.from(CollectionConverters.asScala(shards));
    }
}
