package dev.muster.cli.option;

import dev.muster.audit.ObjectFilter;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.stats.Ranking;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cluster.HostPort;
import dev.muster.report.AuditFormat;
import dev.muster.report.BreakdownView;
import dev.muster.report.ReportOptions;
import dev.muster.report.saved.ReportHistory;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options about what an audit counts besides objects, which lists it makes, and what it keeps. */
public final class AuditOptions {
    private static final int MOST_FILES = 1000;

    /** Options without effect on an inventory that is there already. */
    private static final List<String> NO_LISTING = List.of(
            "--include",
            "--exclude",
            "--prefix",
            "--org",
            "--accounts",
            "--role-name",
            "--uploads",
            "--depth",
            "--group-by",
            "--directory-buckets",
            "--no-sign-request",
            "--cluster",
            "--join",
            "--resume",
            "--checkpoint",
            "--serve");

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

    @Option(names = "--byaccount", fallbackValue = "true", description = "merge the lists per account")
    boolean byAccount;

    @Option(names = "--uploads", fallbackValue = "true", description = "count incomplete multipart uploads")
    public boolean uploads;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            description = "also keep the report of each run in this directory, as JSON, for muster diff")
    public Path history;

    @Option(
            names = "--from-inventory",
            paramLabel = "PLACE",
            description =
                    "report on an inventory instead, by Muster or by Amazon S3, without listing anything: its manifest.json, or the directory or s3://bucket/prefix that holds it")
    String fromInventory;

    @Option(
            names = "--serve",
            paramLabel = "[HOST:]PORT",
            arity = "0..1",
            fallbackValue = "0",
            preprocessor = OnlyAPort.class,
            description =
                    "show the run on a page for browsers while it is under way, on this machine alone if no HOST is given (default PORT: any that is free)")
    String serve;

    /** Leaves what follows {@code --serve} alone if it is no port: it is a source. */
    static final class OnlyAPort implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean attached = "=".equals(info.get("separator"));
            if (!attached && (arguments.isEmpty() || !arguments.peek().matches("([^/]+:)?\\d+"))) {
                arguments.push("0");
            }
            return false;
        }
    }

    /** Address of the page that shows the run; empty if none is wanted. */
    public Optional<HostPort> serve() {
        if (serve == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(HostPort.parse(serve.matches("\\d+") ? "127.0.0.1:" + serve : serve));
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    ExitCodes.USAGE, "--serve is " + serve + ": give a port, 0 to 65535, or HOST:PORT", e);
        }
    }

    /** Place of the inventory to report on; empty where buckets are to be listed. */
    public Optional<String> fromInventory() {
        return Optional.ofNullable(fromInventory);
    }

    /** The directory that keeps the reports of all runs. */
    public Optional<ReportHistory> history() {
        return Optional.ofNullable(history).map(ReportHistory::new);
    }

    /** Checks what picocli cannot. */
    public void validate(ParseResult given, AuditFormat format) {
        if (numfiles < 0 || numfiles > MOST_FILES) {
            throw new UserException(ExitCodes.USAGE, "--numfiles is " + numfiles + ": give 0 to " + MOST_FILES);
        }
        if (fromInventory != null) {
            validateFromInventory(given);
        }
        if (serve().isPresent() && given.hasMatchedOption("--cluster")) {
            throw new UserException(
                    ExitCodes.USAGE, "--serve shows a run of this machine, not of a cluster: leave out one of them");
        }
        if (format == AuditFormat.CSV) {
            Stream.of("--newest", "--oldest", "--largest", "--smallest", "--numfiles", "--byaccount")
                    .forEach(option -> refuse(given, option, "csv"));
        }
    }

    private void validateFromInventory(ParseResult given) {
        if (fromInventory.isBlank()) {
            throw new UserException(
                    ExitCodes.USAGE, "--from-inventory is empty: give the manifest.json of an inventory");
        }
        for (String option : NO_LISTING) {
            if (given.hasMatchedOption(option)) {
                throw new UserException(
                        ExitCodes.USAGE,
                        option + " does not go with --from-inventory, which lists nothing: leave one of them out");
            }
        }
        if (given.hasMatchedPositional(0)) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "SOURCE names buckets to list, and --from-inventory lists nothing: leave one of them out");
        }
    }

    private static void refuse(ParseResult given, String option, String format) {
        if (given.hasMatchedOption(option)) {
            throw new UserException(
                    ExitCodes.USAGE, option + " has no effect with --format " + format + ": leave it out");
        }
    }

    /**
     * The lists and tables to make.
     *
     * @param billing whether to count what a bill needs
     */
    public TopListSettings lists(BreakdownSettings breakdown, boolean billing) {
        return new TopListSettings(rankings(), numfiles, breakdown, billing);
    }

    /** The options of the report. */
    public ReportOptions report(
            SourceOptions source, ReportFormatOptions out, ObjectFilter filter, BreakdownView breakdown) {
        return new ReportOptions(
                rankings(), numfiles, byAccount, out.unit(), source.versions, uploads, out.width(), filter, breakdown);
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
