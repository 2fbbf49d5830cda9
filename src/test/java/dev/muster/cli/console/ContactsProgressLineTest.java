package dev.muster.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.console.ProgressLine.ContactsProgressLine;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.limit.RateLimiter.Quota;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactsProgressLineTest {
    private static final ProgressLine GAUGE = new ContactsProgressLine("accounts", 3, Optional.of(new Quota(10, 15)));

    @Test
    void aRunUnderWayTellsHowFarItIsAndHowLongItTakes() {
        assertThat(line(96, 0, 30, 1_000)).isEqualTo("30 of 1,000 accounts  9.6 requests/s  4:51 left at 10/s");
    }

    @Test
    void whileNoAccountIsKnownNeitherIsWhatIsLeft() {
        assertThat(line(5, 2, 0, 0)).isEqualTo("0.5 requests/s  2 throttled");
    }

    @Test
    void aBurstIsShownAsItIsAndWhatIsLeftAtThePaceAfterIt() {
        assertThat(line(167, 0, 30, 100)).isEqualTo("30 of 100 accounts  16.7 requests/s  0:21 left at 10/s");
    }

    private static String line(long tries, long throttled, long done, long known) {
        Stats stats = new Stats(tries, 0, 0, throttled, 0, 0, 0, 0, 0, 0, 0, 0);
        return GAUGE.line(
                ProgressLine.BEGINNING,
                new Progress(stats, Map.of("accounts", known, "accounts_done", done), Duration.ofSeconds(10)));
    }
}
