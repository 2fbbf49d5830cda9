package dev.muster.events.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.backfill.MetricLine.MalformedLineException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricLineTest {
    private static final String LINE = "2022-04-04 22:45:55,436 UNIQUEID=1833323238.399, CHANNEL=SIP/630-0000011f,"
            + " CALLERID(number)=+12345678901, name=filterdial";

    private final MetricLine lines = new MetricLine("futel-prod.phu73l.net", ZoneId.of("America/Los_Angeles"));

    @Test
    void timeChannelAndNameAreKeptAndTheCallerIsNot() throws MalformedLineException {
        assertThat(lines.message(LINE))
                .isEqualTo("{\"timestamp\": \"2022-04-04T22:45:55-07:00\", \"hostname\": \"futel-prod.phu73l.net\","
                        + " \"event\": {\"Event\": \"UserEvent\", \"UserEvent\": \"filterdial\","
                        + " \"Channel\": \"SIP/630-0000011f\"}}");
    }

    @Test
    void withAFixedOffsetTheTimestampIsThatOfEarlierBackfills() throws MalformedLineException {
        assertThat(new MetricLine("h", ZoneId.of("-08:00")).message(LINE))
                .contains("\"timestamp\": \"2022-04-04T22:45:55-08:00\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday CHANNEL=c, name=n",
                "2022-04-31 22:45:55,436 CHANNEL=c, name=n",
                "2022-04-04 25:45:55,436 CHANNEL=c, name=n",
                "2022-04-04 22:45:55,436 CHANNEL=c",
                "2022-04-04 22:45:55,436 name=n",
                "2022-04-04 22:45:55,436 CHANNEL=, name=n"
            })
    void whatIsNoMetricLineIsRefused(String line) {
        assertThatThrownBy(() -> lines.message(line)).isInstanceOf(MalformedLineException.class);
    }
}
