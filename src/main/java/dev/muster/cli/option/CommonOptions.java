package dev.muster.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that every run takes. */
public final class CommonOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "tasks done at the same time, or auto: as many as the services bear (default: ${DEFAULT-VALUE})")
    public String workers = "auto";

    @Option(
            names = "--resume",
            fallbackValue = "true",
            description = "go on where an interrupted run with the same arguments was")
    public boolean resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description =
                    "where the run's state is kept (default: a directory for these arguments under the user's state directory)")
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
}
