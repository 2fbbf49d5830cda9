package dev.muster.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.engine.RunResult;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One odd entry costs that entry: it counts with what is known of it, and the report names it. */
class OddEntriesAuditTest {
    @Test
    void anObjectWithoutSizeOrDateCountsAndIsNamed() throws Exception {
        String page = FakeS3.objects(List.of("a", "b", "c", "d"), false)
                .replaceFirst("<Size>1</Size>", "")
                .replaceFirst("(<Key>b</Key><LastModified>)[^<]*", "$1yesterday");

        ObjectTally tally = onlyTally(audit(parameters -> page));

        assertThat(tally.current()).isEqualTo(new ObjectSum(4, 3));
        assertThat(tally.odd().count()).isEqualTo(2);
        assertThat(tally.odd().inexact()).isEqualTo(1);
        assertThat(tally.odd().examples())
                .extracting(example -> example.key() + ": " + example.problem())
                .containsExactly("a: it has no Size", "b: its LastModified is \"yesterday\"");
        assertThat(tally.lists().get(Ranking.LARGEST))
                .extracting(entry -> entry.key().text())
                .containsExactly("b", "c", "d");
        assertThat(tally.lists().get(Ranking.NEWEST))
                .extracting(entry -> entry.key().text())
                .containsExactly("a", "c", "d");
    }

    @Test
    void ofManyOddEntriesAFewAreNamedAndAllAreCounted() throws Exception {
        List<String> keys = IntStream.range(100, 300).mapToObj(i -> "k" + i).toList();
        String page = FakeS3.objects(keys, false).replace("<Size>1</Size>", "");

        ObjectTally tally = onlyTally(audit(parameters -> page));

        assertThat(tally.current()).isEqualTo(new ObjectSum(200, 0));
        assertThat(tally.odd().count()).isEqualTo(200);
        assertThat(tally.odd().examples()).hasSize(5);
        assertThat(tally.odd().sentence()).startsWith("200 entries").contains("k100", "and 199 more");
    }

    /** Pages end at such keys, which no request can name. */
    @Test
    void keysThatAreNoUtf8CountOnceAndPrintEscaped() throws Exception {
        List<ObjectKey> keys = Stream.concat(
                        IntStream.range(100, 400).mapToObj(i -> ObjectKey.of("k" + i)),
                        IntStream.range(100, 400)
                                .mapToObj(i -> ObjectKey.copyOf(("k" + i + "\u00ff\u0001").getBytes(ISO_8859_1))))
                .sorted()
                .toList();

        ObjectTally tally = onlyTally(audit(encoded(keys, 130)));

        assertThat(tally.current()).isEqualTo(new ObjectSum(600, 600));
        assertThat(tally.odd().count()).isZero();
        assertThat(tally.lists().get(Ranking.NEWEST))
                .extracting(entry -> entry.key().toString())
                .startsWith("k100", "k100\\xFF\u0001", "k101");
    }

    @Test
    void aKeyOutsideOfThePrefixIsAContradiction() throws Exception {
        RunResult<AuditTask, AuditPartial> result =
                audit(parameters -> FakeS3.objects(List.of("logs/1", "other"), false), "logs/");

        assertThat(result.summary().failures())
                .extracting(AuditFailure::message)
                .singleElement()
                .asString()
                .contains("names the key \"other\"");
    }

    @Test
    void keysOfUploadsAreTakenAsTheyComeAndNotAskedForEncoded() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> {
                    if (parameters.containsKey("uploadId")) {
                        return FakeS3.parts(false, "");
                    }
                    assertThat(parameters).doesNotContainKey(parameters.containsKey("uploads") ? "encoding-type" : "");
                    return parameters.containsKey("uploads")
                            ? FakeS3.uploads(List.of("\u00fc 0%41"), false, "")
                            : FakeS3.objects(List.of(), false);
                });
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            ObjectTally tally = onlyTally(
                    audit.run(audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, "\u00fc 0", false, true)));

            assertThat(tally.uploads().uploads()).isEqualTo(1);
            assertThat(tally.uploads().bytes()).isEqualTo(5);
        }
    }

    private static Function<Map<String, String>, String> encoded(List<ObjectKey> keys, int pageSize) {
        return parameters -> {
            ObjectKey after = ObjectKey.of(parameters.getOrDefault("start-after", ""));
            List<ObjectKey> rest =
                    keys.stream().filter(key -> key.compareTo(after) > 0).toList();
            List<String> page = rest.stream()
                    .limit(pageSize)
                    .map(OddEntriesAuditTest::encoded)
                    .toList();
            return FakeS3.objects(page, rest.size() > pageSize)
                    .replace("<IsTruncated>", "<EncodingType>url</EncodingType><IsTruncated>");
        };
    }

    private static String encoded(ObjectKey key) {
        return new String(key.bytes(), ISO_8859_1)
                .chars()
                .mapToObj(unit -> unit < 0x80
                        ? URLEncoder.encode(Character.toString(unit), UTF_8)
                        : String.format("%%%02X", unit))
                .collect(Collectors.joining());
    }

    private static RunResult<AuditTask, AuditPartial> audit(Function<Map<String, String>, String> listing)
            throws Exception {
        return audit(listing, "");
    }

    private static RunResult<AuditTask, AuditPartial> audit(
            Function<Map<String, String>, String> listing, String prefix) throws Exception {
        try (FakeS3 server = new FakeS3(listing);
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            return audit.run(audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, prefix, false, false));
        }
    }

    private static ObjectTally onlyTally(RunResult<AuditTask, AuditPartial> result) {
        assertThat(result.summary().failures()).isEmpty();
        return result.summary().buckets().values().iterator().next().tally();
    }
}
