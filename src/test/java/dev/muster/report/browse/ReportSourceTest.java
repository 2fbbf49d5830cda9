package dev.muster.report.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.report.browse.ReportSource.Reading;
import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import dev.muster.report.saved.UnreadableReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportSourceTest {
    private static final Instant START = Instant.parse("2026-03-01T04:00:00Z");

    @TempDir
    Path home;

    @Test
    void aReportIsReadAgainOnlyWhenItHasChanged() throws IOException {
        Path file = write("audit.json", 3_000L);
        ReportSource source = ReportSource.of(file);

        Reading first = source.changed().orElseThrow();
        assertThat(first.title()).isEqualTo("audit.json  2026-03-01 04:00  complete");
        assertThat(first.root().nodes()).extracting(EstateNode::bytes).containsExactly(3_000L);
        assertThat(source.changed()).isEmpty();

        write("audit.json", 40_000L);
        assertThat(source.changed().orElseThrow().root().bytes()).isEqualTo(40_000);
    }

    @Test
    void whileAFileIsWrittenThatIsSaidOnceAndAFileThatIsGoneToo() throws IOException {
        Path file = write("audit.json", 3_000L);
        ReportSource source = ReportSource.of(file);
        source.changed();

        Files.writeString(file, "{\"complete\":");
        assertThatThrownBy(source::changed).hasMessageContaining("no whole JSON report");
        assertThat(source.changed()).isEmpty();
        Files.delete(file);
        assertThatThrownBy(source::changed).hasMessageContaining("the file is gone");
        assertThat(source.changed()).isEmpty();
        write("audit.json", 5_000L);
        assertThat(source.changed()).isPresent();
    }

    @Test
    void ofADirectoryTheNewestReportIsShownAndThenTheNextOne() throws IOException {
        write("audit-20260301T040000Z.json", 3_000L);
        ReportSource source = ReportSource.of(home);
        assertThat(source.changed().orElseThrow().root().bytes()).isEqualTo(3_000);

        write("audit-20260401T040000Z.json", 4_000L);

        assertThat(source.changed().orElseThrow().root().bytes()).isEqualTo(4_000);
    }

    @Test
    void aDirectoryWithoutReportsIsRefused() {
        assertThatThrownBy(ReportSource.of(home)::changed)
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining("neither a checkpoint nor a report");
        assertThatThrownBy(ReportSource.of(home.resolve("missing.json"))::changed)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void ofAUsersRunsTheCheckpointThatWasWrittenLastIsShown() throws IOException {
        checkpoint("audit-1", "old", FileTime.from(START));
        checkpoint("audit-2", "new", FileTime.from(START.plusSeconds(60)));
        checkpoint("contacts-3", "other", FileTime.from(START.plusSeconds(90)));

        Reading reading = ReportSource.ofNewestRun(home).changed().orElseThrow();

        assertThat(reading.title()).isEqualTo("run of 2026-03-01 04:00, counted for 1 min 5 s");
        assertThat(reading.root().name()).isEqualTo("111111111111");
        assertThat(reading.root().nodes()).extracting(EstateNode::name).containsExactly("new");
        assertThat(reading.root().nodes()).extracting(EstateNode::problem).containsExactly("not counted to the end");
    }

    @Test
    void withoutARunThatIsSaid() {
        assertThatThrownBy(() -> ReportSource.ofNewestRun(home.resolve("none")))
                .hasMessageContaining("no audit of this user is under way");
    }

    private Path write(String name, long bytes) throws IOException {
        return Files.writeString(
                home.resolve(name),
                GeneratedReports.json(START, List.of(new Bucket("111111111111", "logs", 3L, bytes, "STANDARD"))));
    }

    private void checkpoint(String run, String bucket, FileTime written) throws IOException {
        Path file = Files.createDirectories(home.resolve(run)).resolve("checkpoint.json");
        Files.write(file, SampleCheckpoint.of(START, bucket));
        Files.setLastModifiedTime(file, written);
    }
}
