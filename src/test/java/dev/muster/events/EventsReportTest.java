package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventsReportTest {
    private static final Instant START = Instant.parse("2022-04-04T22:45:55Z");

    @Test
    void aMessageFromAClockThatIsAheadIsNotYoungerThanNew() throws IOException {
        assertThat(report(START.plusSeconds(60))).contains("oldest message  0 s\n");
        assertThat(report(START.minusSeconds(60))).contains("oldest message  70 s\n");
    }

    private static String report(Instant sent) throws IOException {
        EventsPartial summary =
                EventsPartial.builder().sentAt(sent.toEpochMilli()).build();
        StringBuilder out = new StringBuilder();
        new EventsReport(summary, true, false, START, Duration.ofSeconds(10)).write(EventsReport.Format.TEXT, out);
        return out.toString();
    }
}
