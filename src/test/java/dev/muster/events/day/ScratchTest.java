package dev.muster.events.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    Path home;

    @Test
    void aDirectoryThatWasCleanedAwayIsMadeAgain() throws IOException {
        Path directory = home.resolve("scratch");
        try (Scratch scratch = Scratch.in(directory.toString())) {
            Files.delete(directory);
            assertThat(scratch.newFolder()).isDirectory();
        }
    }

    @Test
    void aLinkToADirectoryIsOne() throws IOException {
        Path real = Files.createDirectory(home.resolve("real"));
        Path link = Files.createSymbolicLink(home.resolve("link"), real);
        try (Scratch scratch = Scratch.in(link.toString())) {
            assertThat(scratch.newFolder()).isDirectory();
        }
    }

    @Test
    void nothingIsLeftBetweenMergesNorBehindOneThatIsCutOff() throws IOException {
        try (Scratch scratch = Scratch.in(home.toString())) {
            assertThat(home).isEmptyDirectory();
            Files.writeString(scratch.newFolder().resolve("before"), "a\n");
        }
        assertThat(home).isEmptyDirectory();
    }
}
