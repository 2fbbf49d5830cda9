package dev.muster.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.CheckpointStore.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCheckpointStoreTest {
    @TempDir
    Path directory;

    @Test
    void whatIsSavedIsLoadedByTheNextOne() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            assertThat(store.load()).isEmpty();
            store.save(content("first"));
            store.save(content("second"));
        }
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            assertThat(store.load().orElseThrow()).hasContent("second");
            assertThat(store.location()).isEqualTo(directory.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "-5",
                "9223372036854775807",
                "99999999999999999999999",
                "5000000",
                "1e3",
                "\u00ff\u0000"
            })
    void anEpochThatNobodyCanHaveReachedIsBegunAnew(String damaged) throws IOException {
        Files.writeString(directory.resolve("epoch"), damaged);
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            assertThat(store.epoch()).isEqualTo(1);
        }
    }

    @Test
    void aClearedCheckpointIsGone() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            store.save(content("done"));
            store.clear();
            store.clear();

            assertThat(store.load()).isEmpty();
        }
    }

    @Test
    void theDirectoryMayBeALink() throws IOException {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        try (FileCheckpointStore store = FileCheckpointStore.open(link)) {
            store.save(content("there"));
        }
        assertThat(directory.resolve("real/checkpoint.json")).hasContent("there");
    }

    @Test
    void aMissingDirectoryIsMade() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory.resolve("a/b/c"))) {
            store.save(content("deep"));
        }
        assertThat(directory.resolve("a/b/c/checkpoint.json")).hasContent("deep");
    }

    @Test
    void theEpochGrowsWithEachOpeningOfACheckpoint() throws IOException {
        for (long epoch = 1; epoch <= 4; epoch++) {
            try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
                assertThat(store.epoch()).isEqualTo(epoch);
                store.save(content("kept"));
            }
        }
    }

    @Test
    void aSecondOneIsRefusedUntilTheFirstIsClosed() throws IOException {
        try (FileCheckpointStore first = FileCheckpointStore.open(directory)) {
            assertThatThrownBy(() -> FileCheckpointStore.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage("another muster process is using it");
            first.save(content("still ours"));
        }
        try (FileCheckpointStore second = FileCheckpointStore.open(directory)) {
            assertThat(second.load().orElseThrow()).hasContent("still ours");
        }
    }

    @Test
    void aClosedOneWritesNothingMore() throws IOException {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        store.save(content("last"));
        store.close();

        assertThatThrownBy(() -> store.save(content("late"))).isInstanceOf(IOException.class);
        assertThat(directory.resolve("checkpoint.json")).hasContent("last");
    }

    @Test
    void aWriteThatWasCutShortLeavesTheEarlierCheckpointWhole() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            store.save(content("whole"));
        }
        Files.writeString(directory.resolve("checkpoint.json.new"), "hal");

        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            assertThat(store.load().orElseThrow()).hasContent("whole");
            store.save(content("next"));
            assertThat(store.load().orElseThrow()).hasContent("next");
        }
    }

    @Test
    void afterAFailedWriteTheEarlierCheckpointIsStillWhole() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            store.save(content("whole"));
            Files.createDirectory(directory.resolve("checkpoint.json.new"));

            assertThatThrownBy(() -> store.save(content("never written"))).isInstanceOf(IOException.class);
            assertThat(store.load().orElseThrow()).hasContent("whole");
        }
    }

    @Test
    void garbageInItsFilesDoesNotKeepItFromOpening() throws IOException {
        for (String garbage : List.of("", "\0\0\0", "12x", "999999999999999999999")) {
            Files.writeString(directory.resolve("epoch"), garbage);
            Files.writeString(directory.resolve("lock"), garbage);
            try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
                assertThat(store.epoch()).isPositive();
            }
        }
    }

    @Test
    void aFileInTheDirectorysPlaceIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatThrownBy(() -> FileCheckpointStore.open(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FileCheckpointStore.open(file.resolve("below")))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("not a directory");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectory(directory.resolve("lock"));

        assertThatThrownBy(() -> FileCheckpointStore.open(directory)).isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("lock"));
        }
    }

    private static Content content(String text) {
        return out -> out.write(text.getBytes(UTF_8));
    }
}
