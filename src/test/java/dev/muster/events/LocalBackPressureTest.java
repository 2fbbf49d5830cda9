package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalBackPressureTest {
    private static final String DAY = "20220404";
    private static final BackPressureLimiter.FlushAt LIMITS = new BackPressureLimiter.FlushAt(100, 200, 1000);

    private final LocalBackPressure backPressure = new LocalBackPressure(10, 1000, destination -> LIMITS);

    @Test
    void whatCameDuringAWriteCountsWithItsBytes() {
        backPressure.add(DAY, 3, 150, 0);
        backPressure.add(DAY, 1, 90, 1);
        backPressure.gone(DAY, 3);
        backPressure.add(DAY, 1, 110, 2);
        assertThat(backPressure.due(2)).containsExactly(DAY);
    }

    @Test
    void whatCameDuringAWriteKeepsItsAge() {
        backPressure.add(DAY, 3, 30, 0);
        backPressure.add(DAY, 1, 10, 500);
        backPressure.gone(DAY, 3);
        assertThat(backPressure.due(1499)).isEmpty();
        assertThat(backPressure.due(1500)).containsExactly(DAY);
    }

    @Test
    void whatIsLeftOfABatchHasItsShareOfTheBytes() {
        backPressure.add(DAY, 4, 160, 0);
        backPressure.gone(DAY, 1);
        backPressure.add(DAY, 1, 79, 1);
        assertThat(backPressure.due(1)).isEmpty();
        backPressure.add(DAY, 1, 1, 1);
        assertThat(backPressure.due(1)).containsExactly(DAY);
    }

    @Test
    void roomIsWhatIsNeitherHeldNorReserved() {
        backPressure.add(DAY, 4, 160, 0);
        assertThat(backPressure.reserve(5)).isEqualTo(5);
        assertThat(backPressure.reserve(5)).isEqualTo(1);
        assertThat(backPressure.reserve(5)).isZero();
        backPressure.gone(DAY, 9);
        assertThat(backPressure.holds(DAY)).isFalse();
        assertThat(backPressure.reserve(5)).isEqualTo(4);
    }

    @Test
    void thereIsNoRoomForMoreThanTheBytesThatMayBeHeld() {
        backPressure.add(DAY, 2, 999, 0);
        assertThat(backPressure.reserve(1)).isEqualTo(1);
        backPressure.unreserve(1);
        backPressure.add("quarantine", 1, 1, 0);
        assertThat(backPressure.reserve(1)).isZero();
        backPressure.gone(DAY, 1);
        assertThat(backPressure.reserve(1)).isEqualTo(1);
    }
}
