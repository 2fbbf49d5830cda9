package dev.muster.cli.option;

import dev.muster.audit.ObjectFilter;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.stats.Ranking;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.Stdout;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditFormat;
import dev.muster.report.ReportOptions;
import dev.muster.report.saved.ReportHistory;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options about what an audit counts besides objects, and about its report. */
public final class AuditOptions {
    private static final int MOST_FILES = 1000;

    @Option(
            names = "--numfiles",
            paramLabel = "N",
            description = "objects per list, 0 to 1000 (default: ${DEFAULT-VALUE})")
    int numfiles;

    @Option(names = "--newest", fallbackValue = "true", description = "list the newest objects (the default list)")
    boolean newest;

    @Option(names = "--oldest", fallbackValue = "true", description = "list the oldest objects")
    boolean oldest;

    @Option(names = "--largest", fallbackValue = "true", description = "list the largest objects")
    boolean largest;

    @Option(names = "--smallest", fallbackValue = "true", description = "list the smallest objects")
    boolean smallest;

    @Option(
            names = "--sizeunit",
            paramLabel = "UNIT",
            description =
                    "unit of sizes in text: bytes, KB, MB, GB, TB or auto; 1 KB is 1024 bytes (default: auto on a terminal, else bytes)")
    SizeUnit sizeUnit;

    @Option(names = "--byaccount", fallbackValue = "true", description = "merge the lists per account")
    boolean byAccount;

    @Option(names = "--uploads", fallbackValue = "true", description = "count incomplete multipart uploads")
    public boolean uploads;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "format of the report: text, json or csv (default: ${DEFAULT-VALUE})")
    public AuditFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "file for the report (default, and -: stdout)")
    Path output;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            description = "also keep the report of each run in this directory, as JSON, for muster diff")
    public Path history;

    /** The file for the report; empty for stdout, which is also {@code -}. */
    public Optional<Path> file() {
        return Optional.ofNullable(output).filter(path -> !path.toString().equals("-"));
    }

    /** The directory that keeps the reports of all runs. */
    public Optional<ReportHistory> history() {
        return Optional.ofNullable(history).map(ReportHistory::new);
    }

    /** Checks what picocli cannot. */
    public void validate(ParseResult given) {
        if (numfiles < 0 || numfiles > MOST_FILES) {
            throw new UserException(ExitCodes.USAGE, "--numfiles is " + numfiles + ": give 0 to " + MOST_FILES);
        }
        if (format == AuditFormat.CSV) {
            Stream.of("--newest", "--oldest", "--largest", "--smallest", "--numfiles", "--byaccount")
                    .forEach(option -> refuse(given, option, "csv"));
        }
        if (format != AuditFormat.TEXT) {
            refuse(given, "--sizeunit", format.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void refuse(ParseResult given, String option, String format) {
        if (given.hasMatchedOption(option)) {
            throw new UserException(
                    ExitCodes.USAGE, option + " has no effect with --format " + format + ": leave it out");
        }
    }

    public TopListSettings lists() {
        return new TopListSettings(rankings(), numfiles);
    }

    /**
     * The options of the report.
     *
     * @param versions whether versions were listed
     */
    public ReportOptions report(boolean versions, ObjectFilter filter) {
        return new ReportOptions(rankings(), numfiles, byAccount, unit(), versions, uploads, width(), filter);
    }

    /** Unit of sizes: by default with units for people, without for programs. */
    private SizeUnit unit() {
        if (sizeUnit != null) {
            return sizeUnit;
        }
        return forPeople() ? SizeUnit.AUTO : SizeUnit.BYTES;
    }

    private int width() {
        return forPeople() ? Console.width() : Integer.MAX_VALUE;
    }

    private boolean forPeople() {
        return Stdout.isTerminal() && file().isEmpty();
    }

    private Set<Ranking> rankings() {
        Set<Ranking> rankings = EnumSet.noneOf(Ranking.class);
        add(rankings, newest, Ranking.NEWEST);
        add(rankings, oldest, Ranking.OLDEST);
        add(rankings, largest, Ranking.LARGEST);
        add(rankings, smallest, Ranking.SMALLEST);
        return rankings.isEmpty() ? EnumSet.of(Ranking.NEWEST) : rankings;
    }

    private static void add(Set<Ranking> rankings, boolean wanted, Ranking ranking) {
        if (wanted) {
            rankings.add(ranking);
        }
    }
}
