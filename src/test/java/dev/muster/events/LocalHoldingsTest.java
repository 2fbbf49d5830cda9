package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalHoldingsTest {
    private static final String DAY = "20220404";
    private static final Holdings.FlushAt LIMITS = new Holdings.FlushAt(100, 200, 1000);

    private final LocalHoldings holdings = new LocalHoldings(10, 1000, destination -> LIMITS);

    @Test
    void whatCameDuringAWriteCountsWithItsBytes() {
        holdings.add(DAY, 3, 150, 0);
        holdings.add(DAY, 1, 90, 1);
        holdings.gone(DAY, 3);
        holdings.add(DAY, 1, 110, 2);
        assertThat(holdings.due(2)).containsExactly(DAY);
    }

    @Test
    void whatCameDuringAWriteKeepsItsAge() {
        holdings.add(DAY, 3, 30, 0);
        holdings.add(DAY, 1, 10, 500);
        holdings.gone(DAY, 3);
        assertThat(holdings.due(1499)).isEmpty();
        assertThat(holdings.due(1500)).containsExactly(DAY);
    }

    @Test
    void whatIsLeftOfABatchHasItsShareOfTheBytes() {
        holdings.add(DAY, 4, 160, 0);
        holdings.gone(DAY, 1);
        holdings.add(DAY, 1, 79, 1);
        assertThat(holdings.due(1)).isEmpty();
        holdings.add(DAY, 1, 1, 1);
        assertThat(holdings.due(1)).containsExactly(DAY);
    }

    @Test
    void roomIsWhatIsNeitherHeldNorReserved() {
        holdings.add(DAY, 4, 160, 0);
        assertThat(holdings.reserve(5)).isEqualTo(5);
        assertThat(holdings.reserve(5)).isEqualTo(1);
        assertThat(holdings.reserve(5)).isZero();
        holdings.gone(DAY, 9);
        assertThat(holdings.holds(DAY)).isFalse();
        assertThat(holdings.reserve(5)).isEqualTo(4);
    }

    @Test
    void thereIsNoRoomForMoreThanTheBytesThatMayBeHeld() {
        holdings.add(DAY, 2, 999, 0);
        assertThat(holdings.reserve(1)).isEqualTo(1);
        holdings.unreserve(1);
        holdings.add("quarantine", 1, 1, 0);
        assertThat(holdings.reserve(1)).isZero();
        holdings.gone(DAY, 1);
        assertThat(holdings.reserve(1)).isEqualTo(1);
    }
}
