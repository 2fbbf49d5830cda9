package dev.muster.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command about its output on stderr, and its configuration file. */
public final class ConsoleOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a configuration file (default: muster.conf in the user's configuration directory)")
    Path config;

    @Option(names = "--quiet", fallbackValue = "true", description = "say nothing on stderr but warnings and errors")
    public boolean quiet;

    @Option(names = "--no-progress", fallbackValue = "true", description = "no progress on stderr")
    public boolean noProgress;

    @Option(names = "--debug", fallbackValue = "true", description = "details of what fails, with stack traces")
    public boolean debug;

    /** Tells whether a run shows its progress. */
    public boolean showsProgress() {
        return !quiet && !noProgress;
    }
}
