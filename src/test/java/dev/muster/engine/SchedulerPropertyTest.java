package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.Simulation.FaultRates;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Invariants 1, 2, 4 and 5 under faults of all kinds; the simulation itself asserts 4 and 5 as it goes. */
class SchedulerPropertyTest {
    @Property(tries = 4000, shrinking = ShrinkingMode.OFF)
    void nothingIsLostAndNothingCountsTwiceUnderFaultsOfAllKinds(@ForAll long seed) {
        Simulation simulation = new Simulation(seed, FaultRates.MANY, false);

        RunEnd end = simulation.run();

        assertThat(end).isEqualTo(new RunEnd.Complete());
        assertThat(simulation.miscounts()).isEmpty();
        assertThat(simulation.stats().completed())
                .isEqualTo(simulation.merged().items().size());
        assertThat(simulation.stats().abandoned())
                .isEqualTo(simulation.merged().abandoned().size());
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void withoutFaultsEachItemTakesOneTryOrOneHedge(@ForAll long seed) {
        Simulation simulation = new Simulation(seed, FaultRates.NONE, false);

        simulation.run();

        assertThat(simulation.miscounts()).isEmpty();
        assertThat(simulation.stats().abandoned()).isZero();
        assertThat(simulation.stats().tries())
                .isEqualTo(simulation.stats().completed() + simulation.stats().hedged());
    }

    @Test
    void theChecksBiteWhenLateOutcomesAreAcceptedOnPurpose() {
        long wrong = LongStream.range(0, 300)
                .mapToObj(seed -> new Simulation(seed, FaultRates.MANY, true))
                .filter(simulation -> {
                    try {
                        simulation.run();
                        return !simulation.miscounts().isEmpty();
                    } catch (AssertionError e) {
                        return true;
                    }
                })
                .count();

        assertThat(wrong).isGreaterThan(100);
    }
}
