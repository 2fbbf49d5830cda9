package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client says in a process of its own, where nothing has logged before its actors do. */
@Tag("slow")
class ClusterClientOutputTest {
    @TempDir
    Path directory;

    @Test
    void aClusterThatDoesNotAnswerIsOneLineOnStderr() throws Exception {
        List<String> arguments = List.of("cluster", "status", "--join=127.0.0.1:1");
        try (ChildProcess status = new ChildProcess(directory, List.of("-XX:TieredStopAtLevel=1"), arguments)) {
            assertThat(status.exitCode(60)).isEqualTo(ExitCodes.FAILED);
            assertThat(status.out()).isEmpty();
            assertThat(status.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("muster: error: no answer from a muster node at 127.0.0.1:1;");
        }
    }
}
