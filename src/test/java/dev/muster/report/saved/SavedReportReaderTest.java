package dev.muster.report.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedReportReaderTest {
    private static final String EARLY = "{\"complete\": true, \"started_at\": \"2026-01-01T00:00:00Z\", "
            + "\"total\": {\"objects\": 3, \"bytes\": 30, \"storage_classes\": {\"GLACIER\": {\"objects\": 1, \"bytes\": 9}}}, "
            + "\"buckets\": [{\"bucket\": \"b\", \"objects\": null, \"status\": \"access_denied\", \"error\": \"no\"}]}";

    @Test
    void aReportOfAnEarlierVersionLacksFieldsAndIsReadAllTheSame() {
        SavedReport report = SavedReportReader.parse(EARLY);

        assertThat(report.startedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(report.total().bytes()).isEqualTo(30);
        assertThat(report.total().noncurrentBytes()).isNull();
        assertThat(report.total().storageClasses().get("GLACIER").bytes()).isEqualTo(9);
        assertThat(report.buckets()).singleElement().satisfies(bucket -> {
            assertThat(bucket.counted()).isFalse();
            assertThat(bucket.complete()).isFalse();
        });
        assertThat(report.accounts()).isEmpty();
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void fieldsOfALaterVersionDoNotMatter() {
        String later = EARLY.replaceFirst("\\{", "{\"colour\": [1, {\"deep\": null}], ");

        assertThat(SavedReportReader.parse(later)).isEqualTo(SavedReportReader.parse(EARLY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | it is empty",
                "'{\"complete\": true, \"total\"'     | it is no whole JSON report",
                "'Account  Bucket'                    | it is no whole JSON report at line 1",
                "'{\"account_id\": \"1\"}'            | no report of an audit, as it has no field complete",
                "'[1, 2]'                             | no report of an audit",
                "'17'                                 | no report of an audit",
                "'{\"complete\":1,\"total\":7,\"buckets\":[]}' | it is no whole JSON report",
            })
    void whatIsNoReportIsRefusedWithTheReasonAndTheRemedy(String text, String reason, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("audit.json"), text);

        assertThatExceptionOfType(UnreadableReportException.class)
                .isThrownBy(() -> SavedReportReader.read(file))
                .withMessageStartingWith("cannot read the report " + file + ": ")
                .withMessageContaining(reason)
                .withMessageEndingWith("give a file that muster audit --format json wrote");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path directory) {
        assertThatExceptionOfType(UnreadableReportException.class)
                .isThrownBy(() -> SavedReportReader.read(directory.resolve("none.json")))
                .withMessageContaining("none.json: there is no such file: ");
        assertThatExceptionOfType(UnreadableReportException.class)
                .isThrownBy(() -> SavedReportReader.read(directory))
                .withMessageContaining(": it is a directory: ");
    }
}
