package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** Simulates nodes that hold shards; every step of five seconds those that cannot refuse, and shards move. */
class ShardPlacementTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final List<String> SHARDS =
            IntStream.range(0, 12).mapToObj(Integer::toString).toList();
    private static final Duration STEP = Duration.ofSeconds(5);

    private static final Comparator<Map.Entry<ActorRef, IndexedSeq<String>>> LOAD =
            Comparator.comparing(region -> region.getValue().size());

    private static final int TILL_ASKED_AGAIN = Math.toIntExact(ShardPlacement.REFUSED_FOR.dividedBy(STEP)) + 3;

    private final Map<String, ActorRef> nodes = new TreeMap<>();
    private final Map<ActorRef, List<String>> held = new TreeMap<>();
    private final Set<String> unfit = new HashSet<>();
    private final ShardPlacement placement = new ShardPlacement(
            new Evenly(),
            region -> nodes.entrySet().stream()
                    .filter(node -> node.getValue().equals(region))
                    .findFirst()
                    .orElseThrow()
                    .getKey(),
            () -> this.now);
    private long now = -7;
    private int moved;

    ShardPlacementTest() {
        for (String name : List.of("a", "b", "c")) {
            ActorRef region = Adapter.toClassic(KIT.createTestProbe().getRef());
            nodes.put(name, region);
            held.put(region, new ArrayList<>());
        }
    }

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    @Test
    void shardsAreSpreadEvenlyWhereNobodyRefuses() {
        SHARDS.forEach(this::place);

        assertThat(held.values()).allSatisfy(shards -> assertThat(shards).hasSize(4));
    }

    @Test
    void whatSomeNodesCannotHoldTheOthersHoldAndItStaysThere() {
        unfit.addAll(Set.of("a", "b"));
        SHARDS.forEach(this::place);
        steps(3);

        assertThat(held.get(nodes.get("c"))).containsExactlyInAnyOrderElementsOf(SHARDS);
        moved = 0;
        steps(10);
        assertThat(moved).isZero();
    }

    @Test
    void whereNoNodeCanShardsStayUntilOneCanAndThenMoveThere() {
        unfit.addAll(Set.of("a", "b", "c"));
        SHARDS.forEach(this::place);
        steps(3);
        moved = 0;
        steps(10);
        assertThat(moved).isZero();

        unfit.remove("b");
        steps(TILL_ASKED_AGAIN);

        assertThat(held.get(nodes.get("b"))).containsExactlyInAnyOrderElementsOf(SHARDS);
    }

    @Test
    void aNodeThatIsFitAgainGetsItsPart() {
        unfit.add("a");
        SHARDS.forEach(this::place);
        steps(3);
        assertThat(held.get(nodes.get("a"))).isEmpty();

        unfit.clear();
        steps(TILL_ASKED_AGAIN);

        assertThat(held.get(nodes.get("a"))).isNotEmpty();
    }

    /** The least loaded gets a shard, and one from the most loaded where that has two more. */
    private static final class Evenly extends ShardCoordinator.AbstractShardAllocationStrategy {
        @Override
        public scala.concurrent.Future<ActorRef> allocateShard(
                ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> regions) {
            return FutureConverters.asScala(CompletableFuture.completedFuture(
                    Collections.min(regions.entrySet(), LOAD).getKey()));
        }

        @Override
        public scala.concurrent.Future<Set<String>> rebalance(
                Map<ActorRef, IndexedSeq<String>> regions, Set<String> underWay) {
            IndexedSeq<String> most = Collections.max(regions.entrySet(), LOAD).getValue();
            int least = Collections.min(regions.entrySet(), LOAD).getValue().size();
            return FutureConverters.asScala(
                    CompletableFuture.completedFuture(most.size() > least + 1 ? Set.of(most.head()) : Set.of()));
        }
    }

    private void steps(int number) {
        for (int step = 0; step < number; step++) {
            now += STEP.toNanos();
            nodes.forEach((node, region) -> held.get(region).stream()
                    .filter(shard -> unfit.contains(node))
                    .forEach(shard -> placement.refused(node, shard)));
            Collection<String> moves =
                    CollectionConverters.asJavaCollection(result(placement.rebalance(regions(), none())));
            moves.forEach(this::move);
        }
    }

    private void move(String shard) {
        moved++;
        held.values().forEach(shards -> shards.remove(shard));
        place(shard);
    }

    private void place(String shard) {
        held.get(result(placement.allocateShard(nodes.get("a"), shard, regions())))
                .add(shard);
    }

    private scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> regions() {
        Map<ActorRef, IndexedSeq<String>> regions = new TreeMap<>();
        held.forEach((region, shards) ->
                regions.put(region, scala.collection.immutable.Vector.from(CollectionConverters.asScala(shards))));
        return scala.collection.immutable.Map.from(CollectionConverters.asScala(regions));
    }

    private static scala.collection.immutable.Set<String> none() {
        return scala.collection.immutable.Set.from(CollectionConverters.asScala(Set.<String>of()));
    }

    private static <V> V result(scala.concurrent.Future<V> future) {
        return FutureConverters.asJava(future).toCompletableFuture().join();
    }
}
