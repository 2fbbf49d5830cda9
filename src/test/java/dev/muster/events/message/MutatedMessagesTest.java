package dev.muster.events.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.Mutation;
import dev.muster.events.message.MessageRules.Classification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes from a queue is an event, unwanted, or of no use for a reason that is told: nothing goes wrong on it. */
@Timeout(60)
class MutatedMessagesTest {
    private static final int TRIES = 1_000;
    private static final String EVENT =
            "{\"hostname\":\"futel-prod-back\",\"timestamp\":\"2022-04-04T22:45:55.436-0700\","
                    + "\"event\":{\"Event\":\"UserEvent\",\"UserEvent\":\"filterdial\",\"Channel\":\"SIP/630-0000011f\","
                    + "\"endpoint\":null,\"number\":12345678901234567890.5e3,\"list\":[1,{\"a\":[]}]}}";

    private final MessageRules rules =
            MessageRulesReader.read(ConfigFactory.load().getConfig("muster.events.message"));
    private final MessageRules inZone = MessageRulesReader.read(ConfigFactory.parseString("day.zone = Europe/Berlin")
            .withFallback(ConfigFactory.load().getConfig("muster.events.message")));

    @Test
    void aMutatedBodyIsJudged() throws Exception {
        byte[] envelope = new ObjectMapper()
                .writeValueAsBytes(Map.of(
                        "Type",
                        "Notification",
                        "Message",
                        EVENT,
                        "Timestamp",
                        "2022-04-05T05:45:55.500Z",
                        "TopicArn",
                        "t"));
        assertThat(rules.judge(EVENT)).isInstanceOf(Classification.Kept.class);
        assertThat(rules.judge(new String(envelope, UTF_8))).isInstanceOf(Classification.Kept.class);
        for (int seed = 0; seed < TRIES; seed++) {
            String body =
                    new String(new Mutation(seed).of(seed % 2 == 0 ? envelope : EVENT.getBytes(UTF_8)), ISO_8859_1);
            judged(body, seed % 3 == 0 ? inZone : rules);
        }
    }

    @Test
    void aMutatedMessageInAWholeEnvelopeIsJudged() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        for (int seed = 0; seed < TRIES; seed++) {
            String message = new String(new Mutation(seed).of(EVENT.getBytes(UTF_8)), ISO_8859_1);
            judged(mapper.writeValueAsString(Map.of("Type", "Notification", "Message", message)), rules);
        }
    }

    @Test
    void deepAndLongBodiesAreJudged() {
        for (String body : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                EVENT.replace("[]", "[".repeat(890) + "]".repeat(890)),
                EVENT.replace("\"SIP/630-0000011f\"", "[".repeat(850) + "]".repeat(850)),
                EVENT.replace("\"SIP/630-0000011f\"", "9".repeat(9_999)),
                EVENT.replace("\"SIP/630-0000011f\"", "1e99999999999999999999"),
                EVENT.replace("\"SIP/630-0000011f\"", "-1E-2147483648"),
                EVENT.replace("2022-04-04T22:45:55.436-0700", "9999-12-31T23:59:59-1800"))) {
            judged(body, rules);
            judged(body, inZone);
        }
    }

    private static void judged(String body, MessageRules rules) {
        Classification classification = rules.judge(body);
        if (classification instanceof Classification.Poison poison) {
            assertThat(poison.reason()).as(body).doesNotStartWith("it cannot be taken apart");
        } else if (classification instanceof Classification.Kept kept) {
            assertThat(kept.day()).as(body).matches("[0-9]{8}");
            assertThat(kept.line())
                    .as(body)
                    .doesNotContain("\n")
                    .startsWith("{")
                    .endsWith("}");
        }
    }
}
