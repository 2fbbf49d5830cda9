package dev.muster.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.stats.Ranking;
import dev.muster.output.SizeUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void theReportIsOneObjectOnOneLine() {
        String json = json(SampleRun.complete(), SampleRun.OPTIONS);
        assertThat(json)
                .startsWith("{\"complete\": true, \"interrupted\": false, \"started_at\": \"2026-03-01T00:00:00Z\", "
                        + "\"elapsed_seconds\": 12.345, \"requests\": 17, \"total\": {\"buckets\": 2, ")
                .endsWith("\"failures\": []}\n");
        assertThat(json.lines()).hasSize(1);
    }

    @Test
    void aBucketHasTheDocumentedFields() {
        assertThat(json(SampleRun.complete(), SampleRun.OPTIONS))
                .contains("{\"bucket\": \"logs\", \"account_id\": \"111111111111\", \"region\": \"us-east-1\", "
                        + "\"creation_date\": \"2020-05-06T07:08:09Z\", \"last_modified\": \"2026-02-28T12:00:00Z\", "
                        + "\"objects\": 3, \"bytes\": 3000001500, \"status\": \"ok\", \"error\": null, \"odd_entries\": 0, "
                        + "\"newest\": [{\"key\": \"a\\nb \\u0416\", \"bytes\": 0, "
                        + "\"last_modified\": \"2026-02-28T12:00:00Z\"}, "
                        + "{\"key\": \"photo \\ud83d\\ude00.jpg\", \"bytes\": 1500, "
                        + "\"last_modified\": \"2026-02-01T00:00:00Z\"}], "
                        + "\"storage_classes\": {\"GLACIER\": {\"objects\": 1, \"bytes\": 3000000000}, "
                        + "\"STANDARD\": {\"objects\": 2, \"bytes\": 1500}}, "
                        + "\"size_histogram\": [{\"from_bytes\": 0, \"below_bytes\": 1, \"objects\": 1}, "
                        + "{\"from_bytes\": 1024, \"below_bytes\": 2048, \"objects\": 1}, "
                        + "{\"from_bytes\": 2147483648, \"below_bytes\": 4294967296, \"objects\": 1}], "
                        + "\"age_histogram\": [{\"from_days\": 0, \"below_days\": 1, \"objects\": 1}, "
                        + "{\"from_days\": 7, \"below_days\": 30, \"objects\": 1}, "
                        + "{\"from_days\": 1825, \"below_days\": null, \"objects\": 1}], "
                        + "\"odd_entry_examples\": []}");
    }

    @Test
    void whatIsNotKnownIsNullNeverZero() throws JsonProcessingException {
        JsonNode secret = read(SampleRun.denied(), SampleRun.OPTIONS).at("/buckets/2");
        assertThat(secret.get("objects").isNull()).isTrue();
        assertThat(secret.get("bytes").isNull()).isTrue();
        assertThat(secret.get("last_modified").isNull()).isTrue();
        assertThat(secret.get("region").isNull()).isTrue();
        assertThat(secret.get("status").asText()).isEqualTo("access_denied");
    }

    @Test
    void aFailureNamesItsTask() {
        assertThat(json(SampleRun.denied(), SampleRun.OPTIONS))
                .startsWith("{\"complete\": false, ")
                .contains("\"failures\": [{\"account_id\": \"222222222222\", \"bucket\": \"secret\", "
                        + "\"task\": \"list all keys\", \"code\": \"AccessDenied\", "
                        + "\"message\": \"no permission for s3:ListBucket: ask for it\", \"times\": 1}]");
    }

    @Test
    void accountsAndTotalCarryTheSameSumsAndListsThatNameTheBucket() throws JsonProcessingException {
        JsonNode report = read(SampleRun.complete(), SampleRun.OPTIONS);
        for (String pointer : new String[] {"/total", "/accounts/0"}) {
            JsonNode group = report.at(pointer);
            assertThat(group.get("buckets").asInt()).isEqualTo(2);
            assertThat(group.get("objects").asLong()).isEqualTo(3);
            assertThat(group.get("bytes").asLong()).isEqualTo(3_000_001_500L);
            assertThat(group.at("/newest/0/bucket").asText()).isEqualTo("logs");
            assertThat(group.at("/newest/0/key").asText()).isEqualTo("a\nb \u0416");
            assertThat(group.at("/storage_classes/GLACIER/objects").asInt()).isEqualTo(1);
        }
    }

    @Test
    void listsPerAccountReplaceThoseOfBucketsAndNoUnitTouchesBytes() throws JsonProcessingException {
        ReportOptions options = new ReportOptions(Set.of(Ranking.LARGEST), 1, true, SizeUnit.GB, true, true);
        JsonNode report = read(SampleRun.complete(), options);
        JsonNode logs = report.at("/buckets/1");
        assertThat(logs.has("largest")).isFalse();
        assertThat(report.at("/accounts/0/largest/0/bytes").asLong()).isEqualTo(3_000_000_000L);
        assertThat(logs.get("noncurrent_versions").asLong()).isEqualTo(1);
        assertThat(logs.get("noncurrent_bytes").asLong()).isEqualTo(9);
        assertThat(logs.get("delete_markers").asLong()).isEqualTo(1);
        assertThat(logs.get("uploads").asLong()).isEqualTo(1);
        assertThat(logs.get("upload_bytes").asLong()).isEqualTo(5_242_880);
        assertThat(logs.get("oldest_upload").asText()).isEqualTo("2026-01-02T03:04:05Z");
    }

    private static String json(AuditPartial found, ReportOptions options) {
        return SampleRun.written(AuditFormat.JSON, found, SampleRun.RUN, options);
    }

    private static JsonNode read(AuditPartial found, ReportOptions options) throws JsonProcessingException {
        return MAPPER.readTree(json(found, options));
    }
}
