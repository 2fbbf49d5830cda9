package dev.muster.events.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.events.message.MessageRules.Classification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final MessageRules rules = read("");

    @Test
    void theEnvelopeIsOpenedAndEverythingElseScrubbed() {
        assertThat(
                        rules.judge(
                                envelope(
                                        message(
                                                "\"timestamp\":\"2022-04-04T22:45:55.436-0700\"",
                                                "{\"Event\":\"UserEvent\",\"UserEvent\":\"filterdial\",\"Channel\":\"SIP/630-0000011f\",\"CallerID\":\"+15035551234\"}"))))
                .isEqualTo(new Classification.Kept(
                        "20220404",
                        "{\"timestamp\": \"2022-04-04T22:45:55.436-0700\", \"channel\": \"SIP/630-0000011f\","
                                + " \"endpoint\": \"SIP/630-0000011f\", \"event\": \"filterdial\"}"));
    }

    @Test
    void rawDeliveryIsRecognised() {
        assertThat(rules.judge(message(
                        "\"timestamp\":\"2022-04-04\"",
                        "{\"Event\":\"Newchannel\",\"Channel\":\"c\",\"endpoint\":\"e\"}")))
                .isEqualTo(
                        new Classification.Kept(
                                "20220404",
                                "{\"timestamp\": \"2022-04-04\", \"channel\": \"c\", \"endpoint\": \"e\", \"event\": \"Newchannel\"}"));
    }

    @Test
    void theEnvelopesTimestampStandsInForTheMessages() {
        Classification classification =
                rules.judge(envelope(message("\"x\":1", "{\"Event\":\"Dial\",\"Channel\":\"c\"}")));
        assertThat(classification).isInstanceOfSatisfying(Classification.Kept.class, kept -> assertThat(kept.line())
                .startsWith("{\"timestamp\": \"2022-04-05T05:45:55.500Z\""));
    }

    @Test
    void theFirstFailingRuleIsCounted() {
        assertThat(rules.judge("{\"hostname\":\"elsewhere\",\"event\":{\"Event\":\"Registry\"}}"))
                .isEqualTo(new Classification.Dropped("hostname", "elsewhere"));
        assertThat(judgeEvent("{\"Event\":\"Registry\"}")).isEqualTo(new Classification.Dropped("channel", ""));
        assertThat(judgeEvent("{\"Event\":\"Registry\",\"Channel\":\"Local/followme-operator@x\"}"))
                .isEqualTo(new Classification.Dropped("channel", "Local/followme-operator@x"));
        assertThat(judgeEvent("{\"Event\":\"PeerStatus\",\"Channel\":\"c\"}"))
                .isEqualTo(new Classification.Dropped("event", "PeerStatus"));
        assertThat(judgeEvent("{\"Channel\":\"c\"}")).isEqualTo(new Classification.Dropped("event", "null"));
    }

    @Test
    void presentNullWinsOverTheNextPointer() {
        assertThat(judgeEvent("{\"UserEvent\":null,\"Event\":\"Dial\",\"Channel\":\"c\"}"))
                .isEqualTo(new Classification.Dropped("event", "null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{\"Type\":\"Notification\",\"Message\":\"You have chosen to subscribe\"}",
                "{\"Type\":\"Notification\",\"Message\":\"[1]\"}",
                "{\"hostname\":\"futel-prod-back\"}",
                "{\"hostname\":\"futel-prod-back\",\"event\":\"Dial\"}",
                "{\"event\":{\"Event\":\"Dial\",\"Channel\":\"c\"},\"timestamp\":\"2022-04-04\"}",
                "{\"hostname\":\"futel-prod-back\",\"event\":{\"Event\":\"Dial\",\"Channel\":\"c\"}}",
                "{\"hostname\":\"futel-prod-back\",\"event\":{}} trailing",
                "{\"hostname\":\"a\u0001b\",\"event\":{}}"
            })
    void whatNoLineCanBeMadeOfIsPoison(String body) {
        assertThat(rules.judge(body)).isInstanceOf(Classification.Poison.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"yesterday\"",
                "\"../../2022\"",
                "\"2022-13-01\"",
                "\"2022-02-30T00:00:00Z\"",
                "\"2022-04-041\"",
                "\"20220404\"",
                "\"٢٠٢٢-٠٤-٠٤\"",
                "20220404",
                "null",
                "[\"2022-04-04\"]"
            })
    void aTimestampWithoutADateNeverDecidesAKey(String timestamp) {
        assertThat(rules.judge(message("\"timestamp\":" + timestamp, "{\"Event\":\"Dial\",\"Channel\":\"c\"}")))
                .isInstanceOf(Classification.Poison.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "[]", "{}", "false", "0", "-0.0"})
    void aChannelWithNothingInItIsNoChannel(String channel) {
        assertThat(judgeEvent("{\"Event\":\"Dial\",\"Channel\":" + channel + "}"))
                .isInstanceOf(Classification.Dropped.class);
    }

    @Test
    void poisonTellsNothingOfTheContent() {
        assertThat(rules.judge("+15035551234 called")).isEqualTo(new Classification.Poison("body is not JSON"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Type':'SubscriptionConfirmation','Message':'You have chosen','SubscribeURL':'https://x'}"
                        + "|a confirmation of an SNS subscription; open its SubscribeURL to confirm",
                "{'Type':'UnsubscribeConfirmation','Message':'You have chosen','Token':'t'}"
                        + "|a confirmation of an SNS subscription; open its SubscribeURL to confirm",
                "{'Service':'Amazon S3','Event':'s3:TestEvent','Bucket':'b'}|a test event of S3",
                "['software.amazon.payloadoffloading.PayloadS3Pointer',{'s3BucketName':'b','s3Key':'k'}]"
                        + "|a pointer of the SQS extended client to a message in S3",
                "{'Type':'Notification','Message':'[\\'com.amazon.sqs.javamessaging.MessageS3Pointer\\',{}]'}"
                        + "|a pointer of the SQS extended client to a message in S3",
                "{'Records':[{'eventSource':'aws:s3'}]}|a notification of S3",
                "{'source':'aws.ec2','detail-type':'x','detail':{}}|an event of EventBridge",
                "{'AlarmName':'a','NewStateValue':'ALARM'}|an alarm of CloudWatch",
                "{'Type':'Notification','Message':'{\\'Type\\':\\'Notification\\',\\'Message\\':\\'{}\\'}'}"
                        + "|a notification of SNS within another one",
                "'{}'|body is a string: the sender has encoded it twice",
                "{'Type':'Notification','Message':'\\'{}\\''}|Message is a string: the sender has encoded it twice"
            })
    void wellKnownMessagesOfOtherKindsHaveReasonsOfTheirOwn(String body, String reason) {
        assertThat(rules.judge(body.replace('\'', '"'))).isEqualTo(new Classification.Poison(reason));
    }

    @Test
    void whatCannotBeHadAgainIsPoisonWhateverTheRulesSay() {
        MessageRules lax =
                MessageRulesReader.read(ConfigFactory.parseString("""
                required = [], required-objects = []
                fields = [ { name = at, from = ["/Timestamp"], default = "2022-04-04" } ]
                rules = [ { field = at, drop-if { missing = false } } ]
                day { field = at, zone = as-written }
                """.replace("missing = false", "contains = 2022")));
        assertThat(lax.judge("{\"Type\":\"SubscriptionConfirmation\"}")).isInstanceOf(Classification.Poison.class);
        assertThat(lax.judge("{}")).isInstanceOf(Classification.Dropped.class);
    }

    @Test
    void aValueThatIsCountedIsShortAndOfWholeCharacters() {
        assertThat(rules.judge("{\"hostname\":\"x\\ud83d\",\"event\":{}}"))
                .isEqualTo(new Classification.Dropped("hostname", "x\\ud83d"));
        assertThat(rules.judge("{\"hostname\":\"" + "\ud83d\ude00".repeat(300_000) + "\",\"event\":{}}"))
                .isEqualTo(new Classification.Dropped("hostname", "\ud83d\ude00".repeat(200) + "…"));
    }

    @Test
    void aNumberOfAMillionDigitsIsPoison() {
        assertThat(rules.judge("{\"hostname\":" + "9".repeat(1_000_000) + "}"))
                .isEqualTo(new Classification.Poison("body is not JSON"));
    }

    @Test
    void nestingWithoutEndIsPoisonRatherThanAStackOverflow() {
        assertThat(rules.judge("[".repeat(200_000))).isInstanceOf(Classification.Poison.class);
    }

    @Test
    void theDayCanBeThatOfAnotherZone() {
        MessageRules inUtc = read("day.zone = UTC");
        assertThat(dayOf(inUtc, "2022-04-04T22:45:55.436-0700")).isEqualTo("20220405");
        assertThat(dayOf(inUtc, "2022-04-04 22:45:55,436-07:00")).isEqualTo("20220405");
        assertThat(dayOf(inUtc, "2022-04-04T22:45:55")).isEqualTo("20220404");
        assertThat(dayOf(rules, "2022-04-04T22:45:55.436-0700")).isEqualTo("20220404");
    }

    @ParameterizedTest
    @ValueSource(strings = {".4", ".4369", ",4369", ".436900123", ""})
    void aFractionOfASecondOfAnyLengthLeavesTheTimeReadable(String fraction) {
        assertThat(dayOf(read("day.zone = UTC"), "2022-04-04T22:45:55" + fraction + "-0700"))
                .isEqualTo("20220405");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59-08:00", "0000-01-01T00:00:00+08:00"})
    void aDayBeyondEightDigitsIsPoison(String timestamp) {
        String message = message("\"timestamp\":\"" + timestamp + "\"", "{\"Event\":\"Dial\",\"Channel\":\"c\"}");
        assertThat(read("day.zone = UTC").judge(message)).isInstanceOf(Classification.Poison.class);
    }

    @Test
    void fieldsAndRulesAreConfiguration() {
        MessageRules own = MessageRulesReader.read(ConfigFactory.parseString("""
                required = [], required-objects = []
                fields = [ { name = at, from = ["/when"] }, { name = size, from = ["/a/0", "/b"], default = 0 } ]
                rules = [ { field = size, drop-if { equals = 7 } } ]
                day { field = at, zone = as-written }
                """));
        assertThat(own.judge("{\"when\":\"2023-01-02\",\"a\":[5]}"))
                .isEqualTo(new Classification.Kept("20230102", "{\"at\": \"2023-01-02\", \"size\": 5}"));
        assertThat(own.judge("{\"when\":\"2023-01-02\",\"b\":7}")).isEqualTo(new Classification.Dropped("size", "7"));
        assertThat(own.judge("{\"when\":\"2023-01-02\"}"))
                .isEqualTo(new Classification.Kept("20230102", "{\"at\": \"2023-01-02\", \"size\": 0}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules = [ { field = hostname } ]",
                "rules = [ { field = nowhere, drop-if { missing = true } } ]",
                "rules = [ { field = hostname, drop-if { starts-with = x } } ]",
                "rules = [ { field = hostname, keep-if { one-of = futel-prod-back } } ]",
                "rules = [ { field = hostname, keep-if { one-of = [] } } ]",
                "rules = [ { field = hostname, drop-if { missing = false } } ]",
                "rules = [ { field = hostname, drop-if { missing = true }, kep-if { missing = true } } ]",
                "rules = [], fields = [ { name = timestamp, from = [\"/timestamp\"], writen = false } ]",
                "required = [ \"hostname\" ]",
                "day.zone = Moon",
                "day.field = nothing"
            })
    void aBrokenConfigurationIsRefused(String override) {
        assertThatThrownBy(() -> read(override)).isInstanceOf(ConfigException.class);
    }

    private Classification judgeEvent(String event) {
        return rules.judge(envelope(message("\"timestamp\":\"2022-04-04T22:45:55\"", event)));
    }

    private static String dayOf(MessageRules rules, String timestamp) {
        String message = message("\"timestamp\":\"" + timestamp + "\"", "{\"Event\":\"Dial\",\"Channel\":\"c\"}");
        return ((Classification.Kept) rules.judge(message)).day();
    }

    private static String message(String timestamp, String event) {
        return "{%s,\"hostname\":\"futel-prod.phu73l.net\",\"event\":%s}".formatted(timestamp, event);
    }

    private static String envelope(String message) {
        return MAPPER.createObjectNode()
                .put("Type", "Notification")
                .put("Timestamp", "2022-04-05T05:45:55.500Z")
                .put("Message", message)
                .toString();
    }

    private static MessageRules read(String override) {
        Config shipped = ConfigFactory.parseResources("reference.conf").getConfig("muster.events.message");
        return MessageRulesReader.read(ConfigFactory.parseString(override).withFallback(shipped));
    }
}
