package dev.muster.cli.option;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.Stdout;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditFormat;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options of where a report about buckets goes, and of its format. */
public final class ReportFormatOptions {
    @Option(
            names = "--sizeunit",
            paramLabel = "UNIT",
            description =
                    "unit of sizes in text: bytes, KB, MB, GB, TB or auto; 1 KB is 1024 bytes (default: auto on a terminal, else bytes)")
    SizeUnit sizeUnit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "format of the report: text, json, csv or html (default: ${DEFAULT-VALUE}; html if FILE ends in .html)")
    public AuditFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "file for the report (default, and -: stdout)")
    Path output;

    /** Checks what picocli cannot, and takes the format from the name of the file where none is given. */
    public void validate(ParseResult given) {
        boolean page = file().filter(path -> path.toString().endsWith(".html")).isPresent();
        if (page && !given.hasMatchedOption("--format")) {
            format = AuditFormat.HTML;
        }
        if (format != AuditFormat.TEXT && given.hasMatchedOption("--sizeunit")) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--sizeunit has no effect with --format " + format.name().toLowerCase(Locale.ROOT)
                            + ": leave it out");
        }
    }

    /** The file for the report; empty for stdout, which is also {@code -}. */
    public Optional<Path> file() {
        return Optional.ofNullable(output).filter(path -> !path.toString().equals("-"));
    }

    /** People read sizes more easily with units, programs without. */
    public SizeUnit unit() {
        if (sizeUnit != null) {
            return sizeUnit;
        }
        return forPeople() ? SizeUnit.AUTO : SizeUnit.BYTES;
    }

    /** The width of the terminal that the report is for; without end where it is for none. */
    public int width() {
        return forPeople() ? Console.width() : Integer.MAX_VALUE;
    }

    private boolean forPeople() {
        return Stdout.isTerminal() && file().isEmpty();
    }
}
