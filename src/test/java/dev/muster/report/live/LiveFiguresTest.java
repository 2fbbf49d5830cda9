package dev.muster.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketId;
import dev.muster.engine.Plan.Outlook;
import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunSnapshot;
import dev.muster.report.live.LiveFigures.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveFiguresTest {
    private static final String ACCOUNT = "111111111111";

    private final LiveFigures figures = new LiveFigures();

    @Test
    void aBucketShowsItsShareAndTheTimeThatItsPaceLeaves() throws IOException {
        AuditPartial found = buckets("big", "done", "new");
        state(found, 10, outlook("big", 20, OptionalLong.of(80)), outlook("new", 0, OptionalLong.empty()));

        JsonNode rows = state(
                        found, 14, outlook("big", 40, OptionalLong.of(60)), outlook("new", 0, OptionalLong.empty()))
                .get("buckets");

        assertThat(rows.get(0).get("name").textValue()).isEqualTo("big");
        assertThat(rows.get(0).get("share").doubleValue()).isEqualTo(0.4);
        assertThat(rows.get(0).get("left").doubleValue()).isEqualTo(12); // 60 requests at 5 a second
        assertThat(rows.get(1).get("name").textValue()).isEqualTo("new");
        assertThat(rows.get(1).get("open").booleanValue()).isTrue();
        assertThat(rows.get(1).has("share")).isFalse();
        assertThat(rows.get(2).get("name").textValue()).isEqualTo("done");
        assertThat(rows.get(2).get("open").booleanValue()).isFalse();
    }

    @Test
    void theTimeLeftOfTheRunIsKnownOnceSomethingIsKnownOfEachBucket() throws IOException {
        AuditPartial found = buckets("a", "b");
        figures.add(progress(0, 0));
        figures.add(progress(1, 10));

        assertThat(state(found, 1, outlook("a", 5, OptionalLong.of(30)), outlook("b", 0, OptionalLong.empty()))
                        .get("left")
                        .isNull())
                .isTrue();
        assertThat(state(found, 1, outlook("a", 5, OptionalLong.of(30)), outlook("b", 1, OptionalLong.of(20)))
                        .get("left")
                        .doubleValue())
                .isEqualTo(5);
    }

    @Test
    void ofManyBucketsThoseWithMostToDoAreShown() throws IOException {
        AuditPartial found = new AuditPartial();
        for (int i = 0; i < 1_000; i++) {
            found.bucket(new BucketId(ACCOUNT, "bucket-" + i), BucketFacts.UNKNOWN);
        }
        JsonNode state = state(found, 1, outlook("bucket-999", 1, OptionalLong.of(9)));

        assertThat(state.get("known").intValue()).isEqualTo(1_000);
        assertThat(state.get("buckets")).hasSize(200);
        assertThat(state.at("/buckets/0/name").textValue()).isEqualTo("bucket-999");
    }

    @Test
    void troubleIsThereWithItsCauses() throws IOException {
        AuditPartial found = buckets("sealed")
                .failure(new AuditFailure(
                        AuditFailure.Gap.OBJECTS, ACCOUNT, "sealed", "list", "AccessDenied", "</script>", 3));

        JsonNode state = new JsonMapper()
                .readTree(figures.state(snapshot(found, 1), List.of(new Cause("throttled: SlowDown", 17))));

        assertThat(state.at("/failures/0/bucket").textValue()).isEqualTo("sealed");
        assertThat(state.at("/failures/0/times").intValue()).isEqualTo(3);
        assertThat(state.at("/buckets/0/problem").textValue()).contains("</script>");
        assertThat(state.at("/causes/0").toString()).isEqualTo("[\"throttled: SlowDown\",17]");
        assertThat(state.get("limit").intValue()).isEqualTo(6);
    }

    private static AuditPartial buckets(String... names) {
        AuditPartial found = new AuditPartial();
        for (String name : names) {
            found.bucket(new BucketId(ACCOUNT, name), BucketFacts.UNKNOWN);
        }
        return found;
    }

    private static Outlook outlook(String bucket, long done, OptionalLong left) {
        return new Outlook(ACCOUNT, bucket, done, left);
    }

    private JsonNode state(AuditPartial found, long seconds, Outlook... outlook) throws IOException {
        return new JsonMapper().readTree(figures.state(snapshot(found, seconds, outlook), List.of()));
    }

    private static RunSnapshot<AuditPartial> snapshot(AuditPartial found, long seconds, Outlook... outlook) {
        return new RunSnapshot<>(
                new Stats(9, 8, 0, 1, 2, 0, 0, 3, 0, 4, 8, 4), 6, List.of(outlook), found, Duration.ofSeconds(seconds));
    }

    private static Progress progress(long seconds, long requests) {
        return new Progress(
                new Stats(requests, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), Map.of(), Duration.ofSeconds(seconds));
    }
}
