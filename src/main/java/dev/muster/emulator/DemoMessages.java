package dev.muster.emulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of telephones on three days, in SNS envelopes: some of them unwanted, sent twice, or broken. */
public final class DemoMessages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OffsetDateTime FIRST = OffsetDateTime.parse("2022-04-03T06:00:00.436-07:00");
    private static final int SECONDS = 3 * 24 * 60 * 60 - 6 * 60 * 60;

    private static final List<String> HOSTS =
            List.of("futel-prod.phu73l.net", "futel-prod.phu73l.net", "futel-prod-back", "futel-stage.phu73l.net");
    private static final List<String> CHANNELS = List.of(
            "SIP/630-0000011f", "PJSIP/voipms-000002d1", "SIP/610-00000a02", "Local/followme-operator@x-01", "");
    private static final List<String> EVENTS = List.of(
            "filterdial", "outgoing-by-extension", "operator", "Newchannel", "Hangup", "Registry", "PeerStatus");
    private static final List<String> BROKEN = List.of(
            "no JSON", "{\"hostname\": \"futel-prod.phu73l.net\"}", "{\"Type\": \"Notification\", \"Message\": \"{\"}");

    private DemoMessages() {}

    /** The given number of message bodies, always the same ones. */
    public static List<String> bodies(int number) {
        Random random = new Random(630);
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < number) {
            int kind = random.nextInt(100);
            if (kind == 0) {
                bodies.add(one(BROKEN, random));
            } else if (kind < 4 && !bodies.isEmpty()) {
                bodies.add(one(bodies, random));
            } else {
                bodies.add(body(random));
            }
        }
        return bodies;
    }

    private static String body(Random random) {
        String time = FIRST.plusSeconds(random.nextInt(SECONDS)).toString();
        ObjectNode message = JSON.createObjectNode().put("timestamp", time).put("hostname", one(HOSTS, random));
        message.putObject("event")
                .put("Event", "UserEvent")
                .put("UserEvent", one(EVENTS, random))
                .put("Channel", one(CHANNELS, random))
                .put("CallerIDNum", "+1503555" + (1000 + random.nextInt(9000)));
        return JSON.createObjectNode()
                .put("Type", "Notification")
                .put("TopicArn", "arn:aws:sns:us-east-1:111111111111:events")
                .put("Message", message.toString())
                .put("Timestamp", time)
                .toString();
    }

    private static String one(List<String> choice, Random random) {
        return choice.get(random.nextInt(choice.size()));
    }
}
