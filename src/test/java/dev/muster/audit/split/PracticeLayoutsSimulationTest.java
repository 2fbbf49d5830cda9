package dev.muster.audit.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.split.ListingSimulation.Outcome;
import dev.muster.emulator.keys.KeyGenerator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policy on the practice cloud's layouts, which the benchmark lists. They were made without regard to the policy, so
 * they tell how far its goals hold on keys of the same kind and another make.
 */
final class PracticeLayoutsSimulationTest {
    private static final int SIZE = 1_000_000;

    /** Times the ideal time, and requests a page, where the goal of 1.6 and 1.15 is missed. */
    private static final Map<String, double[]> MISSED = Map.of(
            // Hundreds of small directories teach what does not hold in the large one behind them.
            "skew", new double[] {1.8, 1.15});

    private static Stream<Layout> layouts() {
        return dev.muster.emulator.keys.KeyLayouts.byName().entrySet().stream()
                .map(each -> layout(each.getKey(), each.getValue().apply(SIZE)));
    }

    private static Layout layout(String name, KeyGenerator keys) {
        return new Layout(name, keys.size(), index -> new String(keys.key(index), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aThousandPagesKeepSixtyFourListersBusy(Layout layout) {
        Outcome outcome = ListingSimulation.run(layout, 64);
        double[] most = MISSED.getOrDefault(layout.name(), new double[] {1.6, 1.15});
        assertThat(outcome.keys()).isEqualTo(SIZE);
        assertThat(outcome.time() / (SIZE / 1000 / 64.0)).as("time by ideal").isLessThanOrEqualTo(most[0]);
        assertThat(outcome.requests() / 1000.0).as("requests per page").isLessThanOrEqualTo(most[1]);
    }
}
