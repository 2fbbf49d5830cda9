package dev.muster.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that every run takes. */
public final class CommonOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "simultaneous tasks, or auto: as many as the services can take (default: ${DEFAULT-VALUE})")
    public String workers = "auto";

    @Option(
            names = "--resume",
            fallbackValue = "true",
            description = "continue an interrupted run with the same arguments")
    public boolean resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description =
                    "directory of the run's state (default: a directory for these arguments under the user's state directory)")
    public Path checkpoint;

    @Mixin
    public ConsoleOptions console = new ConsoleOptions();

    /** Options of a run that cannot be resumed. */
    public static CommonOptions of(String workers, ConsoleOptions console) {
        CommonOptions common = new CommonOptions();
        common.workers = workers;
        common.console = console;
        return common;
    }

    /** Options of every command about its output on stderr, and its configuration file. */
    public static final class ConsoleOptions {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "a configuration file (default: muster.conf in the user's configuration directory)")
        Path config;

        @Option(
                names = "--quiet",
                fallbackValue = "true",
                description = "print nothing on stderr but warnings and errors")
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
}
