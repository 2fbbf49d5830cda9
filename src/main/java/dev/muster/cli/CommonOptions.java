package dev.muster.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every run takes. */
public final class CommonOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "tasks done at the same time, or auto: as many as the services bear (default: ${DEFAULT-VALUE})")
    String workers = "auto";

    @Option(
            names = "--resume",
            fallbackValue = "true",
            description = "go on where an interrupted run with the same arguments was")
    boolean resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description =
                    "where the run's state is kept (default: a directory for these arguments under the user's state directory)")
    Path checkpoint;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a configuration file (default: muster.conf in the user's configuration directory)")
    Path config;

    @Option(names = "--quiet", fallbackValue = "true", description = "say nothing on stderr but warnings and errors")
    boolean quiet;

    @Option(names = "--no-progress", fallbackValue = "true", description = "no progress on stderr")
    boolean noProgress;

    @Option(names = "--debug", fallbackValue = "true", description = "details of what fails, with stack traces")
    boolean debug;

    /** What all runs can be told, as far as it makes sense for one that is not gone on with later. */
    static CommonOptions of(String workers, TalkOptions talk) {
        CommonOptions common = new CommonOptions();
        common.workers = workers;
        common.quiet = talk.quiet;
        common.noProgress = talk.noProgress;
        common.debug = talk.debug;
        return common;
    }
}
