package dev.muster.cli.option;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.output.check.Check;
import dev.muster.output.check.Metric;
import java.util.List;
import picocli.CommandLine.Option;

/** Checks of a result, which decide the exit code of a command. */
public final class CheckOptions {
    @Option(
            names = "--fail-if",
            paramLabel = "CHECK",
            split = ",",
            splitSynopsisLabel = ",",
            description =
                    "end with exit code 4 if this holds of the total, such as 'bytes > 10TB'; the manual names what"
                            + " can be checked")
    List<String> failIf = List.of();

    /**
     * The checks that were asked for.
     *
     * @throws UserException if one cannot be understood
     */
    public <R> List<Check<R>> of(List<Metric<R>> metrics) {
        try {
            return failIf.stream().map(text -> Check.parse(text, metrics)).toList();
        } catch (IllegalArgumentException e) {
            throw new UserException(ExitCodes.USAGE, "--fail-if: " + e.getMessage(), e);
        }
    }
}
