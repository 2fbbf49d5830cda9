package dev.muster.engine;

import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.limit.RateLimiter.Quota;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A plan whose items each name up to three further ones; the shape follows from a seed. */
final class ItemTree implements Plan<Integer, Integer, TaskTally> {
    private final int items;
    private final List<List<Integer>> children = new ArrayList<>();

    ItemTree(long seed) {
        Random random = new Random(seed);
        items = 1 + random.nextInt(60);
        for (int item = 0; item < items; item++) {
            children.add(new ArrayList<>());
        }
        for (int item = 1; item < items; item++) {
            children.get(random.nextInt(item)).add(item);
        }
    }

    /** Every item that a run has to reach: all but those behind an abandoned one. */
    Set<Integer> reachable(Set<Integer> abandoned) {
        Set<Integer> found = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(seeds());
        while (!open.isEmpty()) {
            int item = open.pop();
            found.add(item);
            if (!abandoned.contains(item)) {
                open.addAll(children.get(item));
            }
        }
        return found;
    }

    @Override
    public List<Integer> seeds() {
        return List.of(0);
    }

    @Override
    public Step<Integer, TaskTally> completed(Integer item, Integer result, Demand demand) {
        return Step.of(TaskTally.of(item), children.get(item));
    }

    @Override
    public Step<Integer, TaskTally> abandoned(Integer item, Failure failure) {
        return Step.of(TaskTally.abandoned(item));
    }

    @Override
    public TaskPolicy terms(Integer item) {
        return new TaskPolicy(item % 3 == 0 ? "limited" : "open", Duration.ofMillis(80), item % 2 == 0);
    }

    @Override
    public Optional<Quota> quota(String resource) {
        return resource.equals("limited") ? Optional.of(new Quota(500, 5)) : Optional.empty();
    }
}
