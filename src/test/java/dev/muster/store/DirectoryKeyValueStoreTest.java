package dev.muster.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.cluster.RunRepositoryTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryKeyValueStoreTest extends RunRepositoryTest {
    @TempDir
    Path directory;

    @Override
    protected KeyValueStore store() throws IOException {
        return new DirectoryKeyValueStore(directory.resolve("made/when/missing"));
    }

    @Test
    void nobodyButTheOwnerMayReadARunAsItMayHoldContacts() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Path made = directory.resolve("runs");
        try (KeyValueStore store = new DirectoryKeyValueStore(made)) {
            store.write("contacts-1.run", "someone@example.org".getBytes(UTF_8), Optional.empty());
        }

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.resolve("contacts-1.run"))).isEqualTo("rw-------");
        assertThat(permissions(made.resolve("lock"))).isEqualTo("rw-------");
    }

    @Test
    void theModeOfADirectoryThatIsThereIsItsOwnersBusiness() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-x---"));

        new DirectoryKeyValueStore(shared).close();

        assertThat(permissions(shared)).isEqualTo("rwxr-x---");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Reading a pipe takes until somebody writes: so long the first writer holds the lock. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aWriterThatWaitsInVainLeavesTheLockToTheOneThatHoldsIt() throws Exception {
        KeyValueStore store = new DirectoryKeyValueStore(directory, Duration.ofMillis(100));
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> write(store, "pipe"));
        Awaitility.await().until(this::locked);

        assertThatThrownBy(() -> store.write("other", new byte[1], Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("for too long");

        assertThat(locked()).isTrue();
        Files.writeString(pipe, "what was there");
        assertThat(first.join()).contains("was written by another coordinator");
        assertThat(locked()).isFalse();
    }

    private static String write(KeyValueStore store, String name) {
        try {
            return store.write(name, "new".getBytes(UTF_8), Optional.empty());
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Whether this process holds the lock, as the kernel says. */
    private boolean locked() throws IOException {
        Path lock = directory.resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        String owner = " " + ProcessHandle.current().pid() + " ";
        String file = ":" + Files.getAttribute(lock, "unix:ino") + " ";
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            return locks.anyMatch(line -> line.contains("POSIX") && line.contains(owner) && line.contains(file));
        }
    }
}
