package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.console.Stdout;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreportedAuditTest {
    private static final Estate ESTATE = Estate.of(PracticeBucket.of("logs", new SequentialKeys(3_456)));

    @TempDir
    Path home;

    @Test
    void whatWasCountedIsNotLostWhenTheReportCannotBeWritten() throws IOException {
        CapturedConsole console = new CapturedConsole(home);
        Path often = Files.writeString(home.resolve("muster.conf"), "muster.engine.checkpoint-interval = 1ms");
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE)) {
            // a request takes longer than the interval by far, so that the last page finds a checkpoint
            cloud.faults().set(FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofMillis(250))));
            List<String> arguments = CapturedConsole.on(cloud, ESTATE, "audit", "--format=csv", "--config=" + often);

            int code = console.run(arguments, fullDisk(), stderr);
            arguments.add("--resume");
            CapturedConsole.Result resumed = console.run(arguments);

            assertThat(code).isEqualTo(ExitCodes.FAILED);
            assertThat(stderr.toString(UTF_8).lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("cannot write the report to stdout: No space left on device;"),
                            line -> assertThat(line).contains("to report what was found: muster audit", "--resume"));
            assertThat(resumed.stderr()).isEmpty();
            assertThat(resumed.stdout()).contains(",3456,");
            assertThat(console.state().resolve("muster")).isEmptyDirectory();
        }
    }

    private static PrintWriter fullDisk() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return new Stdout(full);
    }
}
