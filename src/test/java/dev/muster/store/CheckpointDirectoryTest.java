package dev.muster.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.CheckpointStore.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
    @TempDir
    Path root;

    @Test
    void aCheckpointOutlivesItsStore() throws IOException {
        Path directory = root.resolve("run");
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            store.save(content("state"));
        }

        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            assertThat(store.load())
                    .hasValueSatisfying(
                            bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("state"));
            assertThat(store.epoch()).isEqualTo(2);
        }
    }

    @Test
    void nobodyButTheOwnerMayReadACheckpointAsItHoldsNamesOfKeys() throws IOException {
        Path directory = root.resolve("runs/run");
        try (FileCheckpointStore store = FileCheckpointStore.openOwn(directory)) {
            store.save(content("state"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("checkpoint.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecondStoreOfADirectoryIsRefused() throws IOException {
        try (FileCheckpointStore first = FileCheckpointStore.open(root)) {
            assertThatThrownBy(() -> FileCheckpointStore.open(root))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another muster process");
            assertThat(first.epoch()).isEqualTo(1);
        }
    }

    @Test
    void withoutACheckpointNothingIsLeftOfAnOwnDirectory() throws IOException {
        Path directory = root.resolve("run");
        try (FileCheckpointStore store = FileCheckpointStore.openOwn(directory)) {
            store.save(content("state"));
            store.clear();
        }

        assertThat(directory).doesNotExist();
    }

    @Test
    void norIsAnythingLeftOfAWriteThatFailed() throws IOException {
        Path directory = root.resolve("run");
        try (FileCheckpointStore store = FileCheckpointStore.openOwn(directory)) {
            Files.writeString(directory.resolve("checkpoint.json.new"), "names of ke");
            store.clear();
        }

        assertThat(directory).doesNotExist();
    }

    @Test
    void someoneElsesDirectoryAndFilesStay() throws IOException {
        Files.createFile(root.resolve("notes"));

        FileCheckpointStore.open(root).close();

        assertThat(root).isDirectoryContaining("glob:**/notes");
        assertThat(root.toFile().list()).hasSize(1);
    }

    /** Holders come, and remove the lock's file as they go, as fast as they can. */
    @Test
    void neverAreTwoHoldersInADirectoryThatComesAndGoes() throws Exception {
        Path directory = root.resolve("run");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger entered = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> visits = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                visits.add(threads.submit(() -> visit(directory, inside, entered)));
            }
            for (Future<?> visit : visits) {
                visit.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(entered.get()).isPositive();
    }

    private static Void visit(Path directory, AtomicInteger inside, AtomicInteger entered) throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.openOwn(directory)) {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            entered.incrementAndGet();
            assertThat(store.epoch()).isPositive();
            inside.decrementAndGet();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("another muster process");
        }
        return null;
    }

    private static Content content(String text) {
        return out -> out.write(text.getBytes(UTF_8));
    }
}
