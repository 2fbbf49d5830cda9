package dev.muster.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of commands that have no run of their own to go on with later. */
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
    boolean debug;
}
