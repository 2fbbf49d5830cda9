package dev.muster.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.output.OutputFile.OutputFileException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    private Path directory;

    @Test
    void aReportReplacesTheFormerOneAsUtf8() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "former, and longer");
        new OutputFile(file).write(out -> out.append("\u0416\n"));
        assertThat(file).hasContent("\u0416\n");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aReportThatFailsHalfwayLeavesTheFormerOne() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "former");
        OutputFile report = new OutputFile(file);
        assertThatThrownBy(() -> report.write(out -> {
                    out.append("half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(OutputFileException.class)
                .hasMessage("cannot write to " + file
                        + ": No space left on device: choose another path, or free space there");
        assertThat(file).hasContent("former");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aReadOnlyDiskIsNamedWithoutTheTemporaryFileAndNeedsNoSpace() {
        Path file = directory.resolve("report.txt");
        assertThatThrownBy(() -> new OutputFile(file).write(out -> {
                    throw new FileSystemException(".report.txt.tmp", null, "Read-only file system");
                }))
                .hasMessage("cannot write to " + file + ": Read-only file system: choose another path");
    }

    @Test
    void aMissingDirectoryIsNamedBeforeTheRun() {
        OutputFile report = new OutputFile(directory.resolve("missing/report.txt"));
        assertThatThrownBy(report::check)
                .isInstanceOf(OutputFileException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("does not exist: create it");
    }

    @Test
    void aDirectoryIsNoReport() {
        OutputFile report = new OutputFile(directory);
        assertThatThrownBy(report::check)
                .isInstanceOf(OutputFileException.class)
                .hasMessageEndingWith("it is a directory: choose another path");
    }

    @Test
    void checkingLeavesNothingBehind() throws IOException {
        new OutputFile(directory.resolve("report.txt")).check();
        assertThat(files()).isEmpty();
    }

    @Test
    void aLinkStaysALinkAndPermissionsStayAsTheyWere() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "former");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        new OutputFile(link).write(out -> out.append("new"));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aDeviceIsWrittenToDirectly() {
        OutputFile device = new OutputFile(Path.of("/dev/null"));
        device.check();
        device.write(out -> out.append("gone"));
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    /** Behind {@code /dev/stdout} and a shell's {@code >(…)} is such a link, too: to what has no path. */
    @Test
    void aPipeBehindALinkIsWrittenToDirectly() throws Exception {
        Process reader = new ProcessBuilder("cat").start();
        try {
            OutputFile pipe = new OutputFile(Path.of("/proc/" + reader.pid() + "/fd/0"));
            pipe.check();
            pipe.write(out -> out.append("report\n"));
            reader.getOutputStream().close();
            assertThat(reader.inputReader().readLine()).isEqualTo("report");
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void reportsAreInTheSameFileByWhateverPath() throws IOException {
        Path file = directory.resolve("report.txt");
        Path link = Files.createSymbolicLink(directory.resolve("here"), directory);
        OutputFile report = new OutputFile(file);
        List<OutputFile> same = List.of(
                report,
                new OutputFile(directory.resolve("./report.txt")),
                new OutputFile(link.resolve("report.txt")),
                new OutputFile(Path.of("").toAbsolutePath().relativize(file)));
        assertThat(same).as("not yet there").allMatch(report::isSameAs);
        Files.writeString(file, "former");
        assertThat(same).as("there").allMatch(report::isSameAs);
        assertThat(report.isSameAs(new OutputFile(directory.resolve("other.txt"))))
                .isFalse();
        assertThat(new OutputFile(Path.of("/dev/null")).isSameAs(new OutputFile(Path.of("/dev/null"))))
                .isFalse();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
