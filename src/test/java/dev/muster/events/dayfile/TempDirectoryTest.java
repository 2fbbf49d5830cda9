package dev.muster.events.dayfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempDirectoryTest {
    @TempDir
    Path home;

    @Test
    void aDirectoryThatWasCleanedAwayIsMadeAgain() throws IOException {
        Path directory = home.resolve("scratch");
        try (TempDirectory tempDirectory = TempDirectory.in(directory.toString())) {
            Files.delete(directory);
            assertThat(tempDirectory.newFolder()).isDirectory();
        }
    }

    @Test
    void aLinkToADirectoryIsOne() throws IOException {
        Path real = Files.createDirectory(home.resolve("real"));
        Path link = Files.createSymbolicLink(home.resolve("link"), real);
        try (TempDirectory tempDirectory = TempDirectory.in(link.toString())) {
            assertThat(tempDirectory.newFolder()).isDirectory();
        }
    }

    @Test
    void nothingIsLeftBetweenMergesNorBehindOneThatIsCutOff() throws IOException {
        try (TempDirectory tempDirectory = TempDirectory.in(home.toString())) {
            assertThat(home).isEmptyDirectory();
            Files.writeString(tempDirectory.newFolder().resolve("before"), "a\n");
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsReplacedByOneThatCan(@TempDir Path memory) {
        assertThat(TempDirectory.usual("/proc/none", memory)).isEqualTo(memory);
        assertThat(TempDirectory.usual(memory.toString(), Path.of("/proc/none")))
                .isEqualTo(memory);
        assertThat(TempDirectory.usual("/proc/none", Path.of("/proc/none"))).isEqualTo(Path.of("/proc/none"));
    }
}
