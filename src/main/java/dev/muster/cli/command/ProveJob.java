package dev.muster.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Summary;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A toy job: pages of items, each item a task that takes a moment and sometimes fails permanently. */
public final class ProveJob {
    private static final int PAGES = 4;
    private static final int ITEMS_PER_PAGE = 5;
    /** Number of items on all pages. */
    public static final int ITEMS = PAGES * ITEMS_PER_PAGE;

    private static final int PAGE_MILLIS = 150;
    private static final int ITEM_MILLIS = 400;
    private static final double FAILURE_RATE = 0.2;

    /** The toy job's work. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
    public sealed interface Work {}

    /** Produces the items of a page, and the next page. */
    public record Page(int page) implements Work {}

    /** Processes an item. */
    public record Item(int page, int item) implements Work {}

    /**
     * Result of an item.
     *
     * @param result line for one item; empty for pages and in sums
     */
    public record Tally(int done, int failed, Optional<String> result) {}

    private final Consumer<String> printer;

    /** A job that hands each result on as it arrives. */
    public ProveJob(Consumer<String> printer) {
        this.printer = requireNonNull(printer, "printer is null");
    }

    /** The job for the engine. */
    public Job<Work, String, Tally> job() {
        return new Job<>(
                "prove", new TreeMap<>(), new Pages(), new Toil(), new Sums(), new Lines(), Work.class, Tally.class);
    }

    private static final class Pages implements Plan<Work, String, Tally> {
        @Override
        public List<Work> seeds() {
            return List.of(new Page(1));
        }

        @Override
        public Step<Work, Tally> completed(Work task, String result, Demand demand) {
            if (task instanceof Item) {
                return Step.of(new Tally(1, 0, Optional.of(result)));
            }
            int page = ((Page) task).page();
            List<Work> next = new ArrayList<>();
            if (page < PAGES) {
                next.add(new Page(page + 1));
            }
            for (int item = 1; item <= ITEMS_PER_PAGE; item++) {
                next.add(new Item(page, item));
            }
            return Step.of(new Tally(0, 0, Optional.of(result)), next);
        }

        @Override
        public Step<Work, Tally> abandoned(Work task, Failure failure) {
            return Step.of(new Tally(0, 1, Optional.of(name(task) + " failed: " + failure.message())));
        }

        @Override
        public TaskPolicy terms(Work task) {
            return new TaskPolicy(task instanceof Page ? "pages" : "items", Duration.ofSeconds(5), false);
        }
    }

    private static final class Toil implements Executor<Work, String> {
        @Override
        public CompletableFuture<String> execute(Work task) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            int millis = task instanceof Page ? PAGE_MILLIS : 1 + random.nextInt(ITEM_MILLIS);
            boolean fails = task instanceof Item && random.nextDouble() < FAILURE_RATE;
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (fails) {
                            throw new TaskException(new Failure(Failure.Kind.INVALID, "BadLuck", "it was its turn"));
                        }
                        return name(task) + (task instanceof Page ? " produced" : " done");
                    },
                    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        }
    }

    private static final class Sums implements Summary<Tally> {
        @Override
        public Tally empty() {
            return new Tally(0, 0, Optional.empty());
        }

        @Override
        public Tally merge(Tally left, Tally right) {
            return new Tally(left.done() + right.done(), left.failed() + right.failed(), Optional.empty());
        }

        @Override
        public boolean complete(Tally tally) {
            return tally.failed() == 0;
        }

        @Override
        public Map<String, Long> counts(Tally tally) {
            return Map.of("items", (long) tally.done() + tally.failed());
        }
    }

    private final class Lines implements Output<Tally> {
        @Override
        public void write(Tally partial) {
            partial.result().ifPresent(printer);
        }

        @Override
        public long sync() {
            return 0;
        }

        @Override
        public void rewind(long position) {}

        @Override
        public void close() {}
    }

    private static String name(Work task) {
        return task instanceof Item item
                ? "page " + item.page() + " item " + item.item()
                : "page " + ((Page) task).page();
    }
}
