package dev.muster.cli.option;

import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that read objects and print what they find: where that goes, and whose credentials are used. */
public final class ReadingOptions {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "where to write the result (default: stdout, also -)")
    Path output;

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 9)
    public AwsOptions aws = new AwsOptions();

    @Mixin
    public ConsoleOptions console;

    /** The file for the result; empty for stdout. */
    public Optional<Path> file() {
        return Optional.ofNullable(output).filter(path -> !path.toString().equals("-"));
    }
}
