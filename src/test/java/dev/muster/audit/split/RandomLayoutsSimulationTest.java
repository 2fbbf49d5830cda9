package dev.muster.audit.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.split.ListingSimulation.Outcome;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cost of the policy on layouts that it was not made for. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
final class RandomLayoutsSimulationTest {
    private static final int LISTERS = 64;

    @Property(tries = 10)
    void eachKeyOfAnyLayoutIsListedExactlyOnceWhateverTheLatency(@ForAll long seed) {
        Random random = new Random(seed);
        Layout layout = RandomLayouts.of(seed, 1 + random.nextInt(300_000));
        Outcome outcome = new ListingSimulation(
                        layout, 1 + random.nextInt(256), () -> 0.5 + random.nextDouble(), new KeyDistribution())
                .run();
        assertThat(outcome.keys()).isEqualTo(layout.size());
    }

    @Test
    void aThousandPagesOfRandomLayoutsAreListedInAFewTimesTheIdealTime() {
        int pages = 1000;
        Outcome[] outcomes = IntStream.range(0, Integer.getInteger("layouts", 8))
                .mapToObj(seed -> ListingSimulation.run(RandomLayouts.of(seed, pages * 1000L), LISTERS))
                .toArray(Outcome[]::new);
        double[] times = Arrays.stream(outcomes)
                .mapToDouble(outcome -> outcome.time() * LISTERS / pages)
                .sorted()
                .toArray();
        double[] requests = Arrays.stream(outcomes)
                .mapToDouble(outcome -> outcome.requests() / (double) pages)
                .sorted()
                .toArray();
        System.out.printf(
                "%d random layouts: time median %.2f, 95 %% %.2f x ideal; requests/page median %.3f, 95 %% %.3f%n",
                times.length,
                quantile(times, 0.5),
                quantile(times, 0.95),
                quantile(requests, 0.5),
                quantile(requests, 0.95));
        assertThat(quantile(times, 0.5)).as("median time by ideal").isLessThanOrEqualTo(2.05);
        assertThat(quantile(times, 0.95)).as("time by ideal").isLessThanOrEqualTo(2.45);
        assertThat(quantile(requests, 0.5)).as("median requests per page").isLessThanOrEqualTo(1.29);
        assertThat(quantile(requests, 0.95)).as("requests per page").isLessThanOrEqualTo(1.37);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }
}
