package dev.muster.report.saved;

import dev.muster.output.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directory that keeps one report per run, named by the run's start, so that the order of the names is that of the
 * runs. A run that is continued later replaces its own report.
 */
public final class ReportHistory {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'audit-'uuuuMMdd'T'HHmmss'Z.json'").withZone(ZoneOffset.UTC);

    private final Path directory;

    public ReportHistory(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates the directory if necessary, and checks that a report can be written there.
     *
     * @throws IOException if there cannot be such a directory
     * @throws dev.muster.output.OutputFile.OutputFileException if nothing can be written there
     */
    public void prepare() throws IOException {
        Files.createDirectories(directory);
        new OutputFile(file(Instant.EPOCH)).check();
    }

    /** File of the run that started at an instant. */
    public Path file(Instant startedAt) {
        return directory.resolve(NAME.format(startedAt));
    }

    /** The files of reports, the earliest run first, without other files of the directory. */
    public List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("audit-\\d{8}T\\d{6}Z\\.json"))
                    .sorted()
                    .toList();
        }
    }
}
