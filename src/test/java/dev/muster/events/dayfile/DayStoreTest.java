package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.DayStore.DayObjects;
import dev.muster.events.dayfile.DayStore.DayObjects.Found;
import dev.muster.events.dayfile.DayStore.DayObjects.Written;
import dev.muster.events.dayfile.DurableStore.MergeCounts;
import dev.muster.events.dayfile.DurableStore.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayStoreTest {
    @TempDir
    Path directory;

    private final ScriptedObjects objects = new ScriptedObjects();

    @Test
    void newLinesAreMergedIntoWhatWasRead() {
        objects.reads.add(new Found.Whole("\"1\""));
        objects.content = "a\nc\n";
        assertThat(store(false, "b", "c")).isEqualTo(new Stored.Merged(new MergeCounts(2, 1, true), List.of()));
        assertThat(objects.writes).containsExactly("replace \"1\" a,b,c,");
    }

    @Test
    void aFileThatHoldsEverythingIsNotWritten() {
        objects.reads.add(new Found.Whole("\"1\""));
        objects.content = "a\nb\n";
        store(false, "b");
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void aDryRunTellsWhatItWouldWriteAndWritesNothing() {
        objects.reads.add(new Found.Whole("\"1\""));
        objects.content = "a\n";
        assertThat(store(true, "b")).isEqualTo(new Stored.Merged(new MergeCounts(1, 1, true), List.of("b")));
        objects.reads.add(new Found.Missing());
        store(true, "b");
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void aDeniedReadStartsAFileOnlyWhereThereIsNone() {
        objects.reads.add(new Found.Denied());
        store(false, "b");
        assertThat(objects.writes).containsExactly("create b,");
    }

    @Test
    void aFileThatIsThereButCannotBeReadIsAnErrorThatNamesThePermission() {
        objects.reads.add(new Found.Denied());
        objects.reads.add(new Found.Denied());
        objects.written = Written.CONFLICT;
        assertThatThrownBy(() -> store(false, "b"))
                .hasCauseInstanceOf(TaskException.class)
                .hasMessageContaining("allow s3:GetObject");
    }

    @Test
    void aFileThatSomebodyStartsWhereMissingOnesAreDeniedIsAConflict() {
        objects.reads.add(new Found.Denied());
        objects.reads.add(new Found.Whole("\"1\""));
        objects.written = Written.CONFLICT;
        assertThat(store(false, "b")).isEqualTo(new Stored.Conflict());
    }

    @Test
    void writersAtTheSameTimeAreAConflict() {
        objects.reads.add(new Found.Denied());
        objects.written = Written.BUSY;
        assertThat(store(false, "b")).isEqualTo(new Stored.Conflict());
    }

    @Test
    void aCutOffCompressedFileIsNeverWrittenBack() {
        objects.reads.add(new Found.Whole("\"1\""));
        objects.raw = new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 75};
        assertThatThrownBy(() -> store(false, "b"))
                .hasMessageContaining("the day's file 20220404 cannot be read and stays as it is")
                .cause()
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.INVALID));
        assertThat(objects.writes).isEmpty();
    }

    @Test
    void nothingIsLeftOnDisk() throws IOException {
        objects.reads.add(new Found.Missing());
        store(false, "b");
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private Stored store(boolean dryRun, String... lines) {
        DayStore store = new DayStore(
                objects,
                "20220404",
                new FileMerge(false, 1 << 20),
                new TempDirectory(directory),
                Runnable::run,
                dryRun);
        List<Content> contents = new ArrayList<>();
        for (String line : lines) {
            contents.add(new Content.Line(line));
        }
        return store.store(contents).join();
    }

    /** Reads are answered in turn; every write as told. */
    private static final class ScriptedObjects implements DayObjects {
        private final Deque<Found> reads = new ArrayDeque<>();
        private final List<String> writes = new ArrayList<>();
        private String content = "";
        private byte[] raw;
        private Written written = Written.DONE;

        @Override
        public CompletableFuture<Found> read(String key, Path into) {
            Found found = reads.remove();
            try {
                if (found instanceof Found.Whole) {
                    Files.write(into, raw == null ? content.getBytes(UTF_8) : raw);
                }
                return CompletableFuture.completedFuture(found);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(
                        new TaskException(new Failure(Failure.Kind.DEFECT, "Disk", String.valueOf(e.getMessage())), e));
            }
        }

        @Override
        public CompletableFuture<Written> replace(String key, Path file, String etag) {
            return write("replace " + etag, file);
        }

        @Override
        public CompletableFuture<Written> create(String key, Path file) {
            return write("create", file);
        }

        private CompletableFuture<Written> write(String how, Path file) {
            try {
                writes.add(how + " " + Files.readString(file).replace('\n', ','));
                return CompletableFuture.completedFuture(written);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
