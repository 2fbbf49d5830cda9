package dev.muster.audit.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProfileStoreTest {
    private static final String ACCOUNT = "111111111111";

    @TempDir
    Path parent;

    private final List<IOException> warnings = new ArrayList<>();

    @Test
    void whatOneRunLearnsTheNextOneRecalls() {
        FileProfileStore first = memory();
        first.listed(ACCOUNT, "logs", learned(10));
        assertThat(memory().recall(ACCOUNT, "logs"))
                .as("before the run is over")
                .isEmpty();
        first.keep();

        assertThat(memory().recall(ACCOUNT, "logs")).contains(learned(10));
        assertThat(memory().recall(ACCOUNT, "other")).isEmpty();
        assertThat(memory().recall("222222222222", "logs")).isEmpty();
        assertThat(new FileProfileStore(directory(), () -> "", "p", false, warnings::add).recall(ACCOUNT, "logs"))
                .isEmpty();
        assertThat(new FileProfileStore(directory(), () -> "", "", true, warnings::add).recall(ACCOUNT, "logs"))
                .isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aBucketThatHasShrunkIsForgotten() throws Exception {
        FileProfileStore first = memory();
        first.listed(ACCOUNT, "logs", learned(10));
        first.keep();
        FileProfileStore second = memory();
        assertThat(second.recall(ACCOUNT, "logs")).isPresent();
        second.listed(ACCOUNT, "logs", learned(1));
        second.keep();

        assertThat(files()).isEmpty();
    }

    @Test
    void theLargestBucketsOfARunAreKept() throws Exception {
        FileProfileStore memory = memory();
        IntStream.rangeClosed(1, 2 * FileProfileStore.MOST_BUCKETS)
                .forEach(i -> memory.listed(ACCOUNT, "bucket-" + i, learned(10 + i)));
        memory.keep();

        assertThat(files()).hasSize(FileProfileStore.MOST_BUCKETS);
        assertThat(memory().recall(ACCOUNT, "bucket-1")).isEmpty();
        assertThat(memory().recall(ACCOUNT, "bucket-" + 2 * FileProfileStore.MOST_BUCKETS))
                .isPresent();
    }

    @Test
    void oldFilesGoWhenThereAreTooManyAndThoseOfACrashWithThem() throws Exception {
        Files.createDirectories(directory());
        for (int i = 0; i < ProfileDirectory.MOST_FILES + 5; i++) {
            Path file = Files.createFile(directory().resolve("old" + i + (i == 0 ? ".new" : ".json")));
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (i + 1)));
        }
        Path foreign = Files.createFile(directory().resolve("README"));
        FileProfileStore memory = memory();
        memory.listed(ACCOUNT, "logs", learned(10));
        memory.keep();

        assertThat(files()).hasSize(ProfileDirectory.MOST_FILES + 1).contains(foreign);
        assertThat(directory().resolve("old0.new")).doesNotExist();
        assertThat(directory().resolve("old5.json")).doesNotExist();
        assertThat(directory().resolve("old6.json")).exists();
        assertThat(memory().recall(ACCOUNT, "logs")).isPresent();
    }

    @Test
    void aDamagedFileIsOneWarningAndIsReplaced() throws Exception {
        FileProfileStore first = memory();
        first.listed(ACCOUNT, "logs", learned(10));
        first.listed(ACCOUNT, "more", learned(10));
        first.keep();
        for (Path file : files()) {
            Files.writeString(file, "{\"version\":1,");
        }
        FileProfileStore second = memory();
        assertThat(second.recall(ACCOUNT, "logs")).isEmpty();
        assertThat(second.recall(ACCOUNT, "more")).isEmpty();
        assertThat(warnings).hasSize(1);
        second.listed(ACCOUNT, "logs", learned(20));
        second.listed(ACCOUNT, "more", learned(0));
        second.keep();

        assertThat(memory().recall(ACCOUNT, "logs")).contains(learned(20));
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFileTooLargeToBeOursIsNotReadIntoMemory() throws Exception {
        FileProfileStore first = memory();
        first.listed(ACCOUNT, "logs", learned(10));
        first.keep();
        Files.write(files().get(0), new byte[ProfileDirectory.MOST_BYTES + 1]);

        assertThat(memory().recall(ACCOUNT, "logs")).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsOneWarning() throws Exception {
        Files.createFile(directory());
        FileProfileStore memory = memory();
        assertThat(memory.recall(ACCOUNT, "logs")).isEmpty();
        memory.listed(ACCOUNT, "logs", learned(10));
        memory.keep();

        assertThat(warnings).hasSize(1);
    }

    @Test
    void nobodyElseMayReadTheFiles() throws Exception {
        assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"));
        FileProfileStore memory = memory();
        memory.listed(ACCOUNT, "logs", learned(10));
        memory.keep();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
    }

    private FileProfileStore memory() {
        return new FileProfileStore(directory(), () -> "", "", false, warnings::add);
    }

    private Path directory() {
        return parent.resolve("learned");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.toList();
        }
    }

    private static BucketProfile learned(int pages) {
        return new BucketProfile(
                pages, IntStream.range(0, pages).mapToObj(i -> "key-" + i).toList());
    }
}
